/** True for two plain values that a JSON text would tell alike; stops at the first difference. */
export function sameValue(one: unknown, other: unknown): boolean {
	if (one === other) {
		return true;
	}
	if (!isBranch(one) || !isBranch(other) || Array.isArray(one) !== Array.isArray(other)) {
		return false;
	}
	for (const key in one) {
		if (!sameValue(one[key], other[key])) {
			return false;
		}
	}
	for (const key in other) {
		if (one[key] === undefined && other[key] !== undefined) {
			return false;
		}
	}
	return true;
}

function isBranch(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null;
}
