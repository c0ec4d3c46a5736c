import { Failure } from '../base/failure';
import { listed } from '../base/listed';

/** What a person chose of a few words; `thing`: what they are, such as `format`. Throws a `Failure` that names them. */
export function choiceOf<const T extends string>(thing: string, value: string, choices: readonly T[]): T {
	const found = choices.find(choice => choice === value);
	if (found === undefined) {
		throw new Failure(`There is no ${thing} '${value}': use ${listed(choices, 'or')}.`);
	}
	return found;
}
