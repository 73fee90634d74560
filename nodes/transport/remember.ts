const MOST = 1000;

/** Puts a value into a map that may live for months: where it gets too many, what was put in longest ago goes. */
export function remember<K, T>(map: Map<K, T>, key: K, value: T, most = MOST): void {
	map.delete(key);
	map.set(key, value);
	if (map.size > most) map.delete(map.keys().next().value!);
}
