/** What the API refuses, in the form that every answer of it has. */
import type { IDataObject } from 'n8n-workflow';

export type Code =
	| 'missing_parameter'
	| 'invalid_parameter'
	| 'unknown_parameter'
	| 'period_too_long'
	| 'unsupported_search'
	| 'unknown_path'
	| 'document_invalid'
	| 'shop_refused'
	| 'shop_busy'
	| 'workflow_failed'
	| 'invalid_client'
	| 'invalid_token'
	| 'too_many_requests';

/** Every failure is HTTP 400 with a description, but for those that OAuth clients and limits need to tell apart. */
const STATUS: Partial<Record<Code, number>> = { invalid_client: 401, invalid_token: 401, too_many_requests: 429 };

export class Refusal extends Error {
	constructor(
		readonly code: Code,
		/** A sentence for a person. */
		description: string,
		readonly more: { field?: string; details?: IDataObject[]; retryAfter?: number } = {},
	) {
		super(description);
	}

	get status(): number {
		return STATUS[this.code] ?? 400;
	}

	body(requestId: string): IDataObject {
		const { field = null, details } = this.more;
		return {
			success: false,
			error: { code: this.code, description: this.message, field, requestId, ...(details ? { details } : {}) },
			// OAuth clients look for these.
			...(this.code === 'invalid_client' ? { error_description: this.message } : {}),
		};
	}
}
