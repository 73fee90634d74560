/** What the node knows of Stamhoofd's versions and limits, as they were read in its manual and its source. */
import { stamhoofd, toEuro, unitsPerEuro } from '../../nodes/Stamhoofd/platform';

const custom = (version: number) => ({ apiVersion: 'custom', customApiVersion: version });

test.each([
	[191, 19.99],
	[331, 19.99],
	[388, 19.99],
	[389, 0.1999],
	[411, 0.1999],
])('1999 of version %s are %s euro', (version, euro) => {
	expect(toEuro(1999, custom(version))).toBe(euro);
	expect(unitsPerEuro(custom(version)) * euro).toBeCloseTo(1999, 6);
});

test.each([
	['standard', '411', [[25, 5], [120, 120], [1000, 3600], [2000, 86_400]]],
	['standard', '191', [[25, 5], [150, 150], [1000, 3600], [2000, 86_400]]],
	['raised', '411', [[50, 5], [240, 120], [2000, 3600], [14_400, 86_400]]],
	['raised', '191', [[50, 5], [240, 120], [2000, 3600], [14_400, 86_400]]],
	['high', '411', [[125, 5], [480, 120], [4000, 3600], [18_000, 86_400]]],
	['none', '411', [[25, 0]]],
	['one that nobody knows', '411', [[25, 5], [120, 120], [1000, 3600], [2000, 86_400]]],
])('the %s limits of version %s, as requests in seconds', (rateLimitTier, apiVersion, limits) => {
	const windows = stamhoofd.windows({ rateLimitTier, apiVersion });
	expect(windows.map(({ requests, milliseconds }) => [requests, milliseconds / 1000])).toEqual(limits);
});
