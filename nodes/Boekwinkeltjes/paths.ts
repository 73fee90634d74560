import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { pathNames, requestOf } from '../operation/call';
import type { RequestParts } from '../operation/call';
import { InvalidInput } from '../transport/errors';
import type { ApiRequest } from '../transport/platform';

/** By the credential's environment. */
export const BASE_URLS: Record<string, string> = {
	live: 'https://www.boekwinkeltjes.nl/webservice/v1',
	sandbox: 'https://api-zandbak.boekwinkeltjes.nl/webservice/v1',
};

/**
 * Where the path of an operation comes from: observed in a public client that runs against the live API, or inferred,
 * because the copy of the vendor's documentation at hand names the operation but lost its path.
 */
export type PathSource = 'observed' | 'inferred';

interface Route {
	/** Method and path; what stands in braces is an ID. */
	route: string;
	source: PathSource;
}

/** Every path that the node uses. The credential can replace any of them. */
export const ROUTES = {
	'book.getAll': { route: 'GET /books', source: 'observed' },
	'book.get': { route: 'GET /books/{bookId}', source: 'observed' },
	'book.create': { route: 'POST /books', source: 'observed' },
	'book.update': { route: 'PATCH /books/{bookId}', source: 'observed' },
	'book.delete': { route: 'DELETE /books/{bookId}', source: 'observed' },
	'book.uploadImage': { route: 'POST /books/{bookId}/images', source: 'observed' },
	'book.setImageFromUrl': { route: 'POST /books/{bookId}/images/url', source: 'inferred' },
	'book.getImages': { route: 'GET /books/{bookId}/images', source: 'observed' },
	'order.getAll': { route: 'GET /orders', source: 'observed' },
	'order.get': { route: 'GET /orders/{orderId}', source: 'observed' },
	'order.update': { route: 'PATCH /orders/{orderId}', source: 'observed' },
	'package.getAll': { route: 'GET /packages', source: 'inferred' },
	'package.get': { route: 'GET /packages/{packageId}', source: 'inferred' },
	'package.create': { route: 'POST /packages', source: 'inferred' },
	'package.getRate': { route: 'POST /packages/rate', source: 'inferred' },
	'payment.getAll': { route: 'GET /payments', source: 'inferred' },
	'payment.get': { route: 'GET /payments/{paymentId}', source: 'inferred' },
	'payment.createLink': { route: 'POST /payments', source: 'inferred' },
	'payment.refund': { route: 'POST /payments/{paymentId}/refund', source: 'inferred' },
	'question.get': { route: 'GET /questions/{questionId}', source: 'inferred' },
	'settings.get': { route: 'GET /settings', source: 'observed' },
	'shippingCost.get': { route: 'GET /shipping-costs/{id}', source: 'inferred' },
	'shippingFee.get': { route: 'GET /shipping-fees', source: 'observed' },
	'shippingFee.set': { route: 'PUT /shipping-fees', source: 'observed' },
	'shippingFee.add': { route: 'POST /shipping-fees', source: 'observed' },
} satisfies Record<string, Route>;

export type RouteName = keyof typeof ROUTES;

interface PathOverride {
	operation: RouteName;
	path: string;
}

/** The part of an operation's description that says where it sends to. */
export const at = (name: RouteName) => ({ request: ROUTES[name].route, inferred: ROUTES[name].source === 'inferred' });

/**
 * Method and path of a route, as the credential has it in place of this one.
 * @throws InvalidInput if what the credential has cannot be used
 */
export function routeOf(template: string, credentials: ICredentialDataDecryptedObject): string {
	const { paths = [] } = (credentials.pathOverrides ?? {}) as { paths?: PathOverride[] };
	const name = (Object.keys(ROUTES) as RouteName[]).find((one) => ROUTES[one].route === template);
	const override = paths.find(({ operation }) => operation === name)?.path.trim();
	if (!override) return template;
	const [method, path] = template.split(' ');
	const [, ownMethod = method, ownPath] = /^(?:(GET|POST|PUT|PATCH|DELETE) +)?(\/\S*)$/.exec(override) ?? [];
	const names = pathNames(path);
	if (ownPath === undefined || pathNames(ownPath).length !== names.length) {
		throw new InvalidInput(`The path for ${name} in the credential cannot be used: write it like ${method} ${path}`);
	}
	// An override may call its ID as it likes.
	return `${ownMethod} ${ownPath.replace(/\{\w+\}/g, () => `{${names.shift()}}`)}`;
}

/**
 * The request of a route, with the paths that the credential sets.
 * @throws InvalidInput if the path wants an ID and none is given, so that it never becomes the path of a list
 */
export function requestTo(name: RouteName, credentials: ICredentialDataDecryptedObject, parts: RequestParts = {}): ApiRequest {
	return requestOf(routeOf(ROUTES[name].route, credentials), parts);
}

/** True if the request goes to a path that nobody has stated and the credential does not set. */
export function isInferred({ method = 'GET', url }: ApiRequest): boolean {
	return Object.values(ROUTES).some(({ route, source }) => {
		const pattern = route.replace(/\{\w+\}/, '[^/]+');
		return source === 'inferred' && new RegExp(`^${pattern}$`).test(`${method} ${url}`);
	});
}
