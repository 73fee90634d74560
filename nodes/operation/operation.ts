/** What an operation of a node is: what a person fills in, what is sent, what comes out. How it runs is in `run.ts`. */
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import type { Fields, InputOf } from '../input';
import type { List } from '../transport/paging';
import type { ApiRequest, Failure, Platform, Reply } from '../transport/platform';
import type { Call } from './call';
import type { OutputItem } from './output';

/** What comes out for an item: one record, several, or items with files. */
export type Result = IDataObject | OutputItem | Array<IDataObject | OutputItem>;

/** What an item of many that go together comes to; an Error fails only its own item. */
export type Outcome = Result | Error;

interface Texts {
	/** As in the dropdown, for example "Get Many". */
	name: string;
	/** The operation's name in stored workflows; never change it. */
	value: string;
	/** As in the node panel, for example "Get many payments". */
	action: string;
	description: string;
}

/**
 * `Prepared` is what `prepare` makes of the input; without `prepare` it is the input itself.
 * An operation sends in one of four ways: its `request` as it is (with `query`, `body`, `headers`, `answer`), a `list`,
 * `send` for whatever takes more than one request, or `sendAll` for many items in few requests.
 */
export interface OperationSpec<F extends Fields, Prepared> extends Texts {
	/** Method and path. `{name}` stands for the field of that name, and is encoded; left out where nothing is sent. */
	request?: string;
	/** Nobody has stated the path or the form of the request; the documentation says so. */
	inferred?: boolean;
	/** Another platform than that of the node: for an address that wants another key, or none. */
	platform?: Platform;
	/** The panel's fields by their names, each with its reader. Limit, Simplify, Dry Run and the like are added. */
	input: F;

	/**
	 * What has to be found out before anything is sent, for all items. Only reads are sent here.
	 * Throws InvalidInput for an item that cannot be sent.
	 */
	prepare?(input: InputOf<F>, call: Call): Prepared | Promise<Prepared>;

	query?(input: Prepared, call: Call): IDataObject;
	/** Left out, for POST, PUT and PATCH: the fields that are filled in and not part of the path. */
	body?(input: Prepared, call: Call): ApiRequest['body'];
	headers?(input: Prepared, call: Call): Record<string, string>;
	/** What comes out of the answer; left out: the answer. Nothing in it: see `notFound`. */
	answer?(reply: Reply, input: Prepared, call: Call): Result;

	/** A list; Return All and Limit are added to the fields. */
	list?(input: Prepared, call: Call): List;

	send?(input: Prepared, call: Call): Promise<Result>;

	/** One outcome for each input, in their order; any of the calls can send. */
	sendAll?(inputs: Prepared[], calls: Call[]): Promise<Outcome[]>;
	/** Left out: one. The last is for what has failed, too, where the workflow goes on and has no output for errors. */
	outputs?: number;
	/** Which items go to `sendAll`, where only some do; left out: all. */
	together?(input: Prepared): boolean;

	/** Whether `send` makes something of this failure of a change, so that it is not the end for the other items yet. */
	tolerates?(failure: Failure): boolean;

	/** Items with the same turn are sent one after another; the others at the same time, as far as the limits allow. */
	turn?(input: Prepared, call: Call): string;
	/** Sending the request twice does the same as sending it once, and says the same. Left out: PUT and PATCH do. */
	idempotent?: boolean;
	/** Shown above the fields. */
	notice?: string;
	/** A dry run is offered, which shows what would be sent; 'on': unless it is switched off. */
	dryRun?: 'on' | 'offered';
	/** It is a purchase: a notice, a dry run that is on, and no order by an AI agent unless a person allows it. */
	purchase?: boolean;

	/** Message of the item's error when no record is left, or what finds out whether that is an error. */
	notFound?: string | ((input: Prepared, call: Call) => Promise<string | undefined>);
	/** What is added to a record before Simplify. */
	complete?(record: IDataObject, call: Call, input: Prepared): Promise<IDataObject>;
	/** What comes out for a record with Simplify switched on, which is then added to the fields. */
	simplify?(record: IDataObject, credentials: ICredentialDataDecryptedObject): IDataObject;
}

/** An operation of whatever fields. */
export type Operation = OperationSpec<Fields, unknown>;

/** Checks the parts of an operation against each other, and gives it a type that all operations have. */
export function operation<const F extends Fields, Prepared = InputOf<F>>(spec: OperationSpec<F, Prepared>): Operation {
	return spec as unknown as Operation;
}

export interface Resource {
	name: string;
	value: string;
	/** The first one is what the panel starts with. */
	operations: Operation[];
}

/** True if nothing at the service changes. */
export function isReading({ request = 'GET ' }: Operation): boolean {
	return request.startsWith('GET ');
}

/** True if a request that went through must not be sent again. */
export function isOnce({ request = 'GET ', idempotent }: Operation): boolean {
	return !(idempotent ?? /^(GET|PUT|PATCH) /.test(request));
}
