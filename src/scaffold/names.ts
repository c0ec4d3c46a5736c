/** The patterns of csdef.md 1, in sentences. A new name holds no control characters besides, which no text of XML may. */

const namePattern = /^[A-Za-z_](?:[^\\/:*?"<>|`'^]*[^\\/:*?"<>|`'^.\s])?$/;
const directoryPattern = /^[A-Za-z_](?:[^\\/?;:@&=+$,|"<>`'^]*[^\\/?;:@&=+$,|"<>`'^.\s])?$/;
const control = /[\p{Cc}\p{Cf}\p{Cs}\uFFFE\uFFFF]/u;

/** Why this cannot be the name of a new setting, endpoint and the like; `taken` are those beside it. */
export function partNameProblem(
	what: string,
	name: string,
	taken: readonly (string | undefined)[],
): string | undefined {
	return (
		formProblem(what, name, namePattern, `\\ / : * ? " < > | \` ' ^`) ??
		(taken.includes(name) ? `There is already ${a(what)} '${name}'; choose another name.` : undefined)
	);
}

/** As `partNameProblem`, for a site or a virtual application: names of directories, in which case does not count. */
export function directoryNameProblem(
	what: string,
	name: string,
	taken: readonly (string | undefined)[],
): string | undefined {
	const same = taken.find(each => each?.toLowerCase() === name.toLowerCase());
	return (
		formProblem(what, name, directoryPattern, `\\ / ? ; : @ & = + $ , | " < > \` ' ^`) ??
		(same === undefined ? undefined : `There is already ${a(what)} '${same}'; choose another name.`)
	);
}

/** The first name with a number that is free: `Endpoint2` where `Endpoint1` is taken. */
export function freeName(base: string, taken: readonly (string | undefined)[]): string {
	for (let number = 1; ; number++) {
		const name = `${base}${number}`;
		if (!taken.includes(name)) {
			return name;
		}
	}
}

function formProblem(what: string, name: string, pattern: RegExp, forbidden: string): string | undefined {
	if (name === '') {
		return `Give the ${what} a name.`;
	}
	return pattern.test(name) && !control.test(name)
		? undefined
		: `The name of ${a(what)} begins with a letter from A to Z or an underscore, ends with neither a dot nor a blank, and holds none of ${forbidden}.`;
}

function a(what: string): string {
	return `${/^[aeiou]/.test(what) ? 'an' : 'a'} ${what}`;
}
