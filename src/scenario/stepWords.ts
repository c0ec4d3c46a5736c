import { type CommandWord, commandUsage } from '../lifecycle/command';
import { scriptUsage } from '../runner/script';

/**
 * How a command is written as data: the word with its first argument, then the others by their names, all of it made from
 * the usage of the commands (`commandUsage`), so that a new command is a new step too.
 */
export interface StepWord {
	readonly word: string;
	/** `undefined` for a command without arguments, which is written with `true`. */
	readonly first: StepArgument | undefined;
	readonly others: readonly StepArgument[];
}

export interface StepArgument {
	/** As the usage has it: `INSTANCE`, `ROLE`, `VALUE`. */
	readonly placeholder: string;
	/** The property: `instance`, `role`, `value`. */
	readonly name: string;
	readonly isOptional: boolean;
}

/** What only a scenario can do, in the form of the others. */
const ownUsage = { write: 'write INSTANCE RESOURCE FILE TEXT' };

/** Names that say more than their placeholders. */
const betterNames: Readonly<Record<string, string>> = { N: 'count', TIMEOUT: 'within', staging: 'slot' };

export const stepWords: ReadonlyMap<string, StepWord> = new Map(
	Object.entries({ ...scriptUsage, ...ownUsage }).map(([word, usage]) => [word, stepWord(word, usage)]),
);

/** Commands on one instance that it comes back from by itself, so that chance may choose them. */
export const chaosWords: readonly CommandWord[] = (Object.keys(commandUsage) as CommandWord[]).filter(
	word => commandUsage[word] === `${word} INSTANCE` && !['start', 'stop', 'attach', 'hang'].includes(word),
);

/** The line of a script that says the same; `undefined` stands for an argument that is left out. */
export function lineOf({ word }: StepWord, values: readonly string[]): string {
	return [word, ...values.map(written)].join(' ');
}

/** A step as JSON: `{ "set": "Worker", "setting": "Greeting", "value": "Hello" }`. */
export function stepJson(word: StepWord, values: readonly (string | number)[]): string {
	const [first, ...rest] = values;
	const others = word.others.flatMap((other, index) => {
		const value = rest[index];
		return value === undefined ? [] : [[other.name, value] as const];
	});
	const members = [[word.word, first ?? true] as const, ...others];
	return `{ ${members.map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`).join(', ')} }`;
}

function stepWord(word: string, usage: string): StepWord {
	const [first, ...others] = usage.split(' ').slice(1).map(argument);
	return { word, first, others };
}

function argument(placeholder: string): StepArgument {
	const plain = placeholder.replace(/^\[|\]$/g, '');
	return {
		placeholder: plain,
		name: betterNames[plain] ?? plain.toLowerCase(),
		isOptional: placeholder.startsWith('['),
	};
}

/** One word stands as it is; anything else as a JSON string, which only takes what may be more than one word. */
function written(value: string): string {
	return /^[^\s"]+$/.test(value) ? value : JSON.stringify(value);
}
