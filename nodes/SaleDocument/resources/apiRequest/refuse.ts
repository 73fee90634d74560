import type { IExecuteFunctions } from 'n8n-workflow';

import { isCancellation } from '../../../transport/errors';
import { Refusal } from '../../../Webwinkelfacturen/api/failure';

/** Characters of a description; a whole period may be faulty. */
const LONGEST = 2000;

/** ID of the question that has started this execution; undefined if none has. */
function requestIdOf(context: IExecuteFunctions): string | undefined {
	const trigger = context.getParentNodes(context.getNode().name).find(({ type }) => type.endsWith('.webwinkelfacturenApiTrigger'));
	if (!trigger) return undefined;
	const json = context.evaluateExpression(`{{ $(${JSON.stringify(trigger.name)}).isExecuted ? $(${JSON.stringify(trigger.name)}).first().json.requestId : undefined }}`, 0);
	return typeof json === 'string' ? json : undefined;
}

/**
 * Where a question of bookkeeping has started the workflow, which now stops at this node, bookkeeping is told which sale
 * cannot be booked and why. Otherwise nothing happens.
 */
export function refuseAsker(context: IExecuteFunctions, error: Error & { description?: string | null }): void {
	const requestId = isCancellation(error) ? undefined : requestIdOf(context);
	if (requestId === undefined) return;
	const refusal = new Refusal('document_invalid', [error.message, error.description].filter(Boolean).join('\n').slice(0, LONGEST));
	context.sendResponse({ body: refusal.body(requestId), headers: {}, statusCode: refusal.status });
}
