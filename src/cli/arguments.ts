import { type ParseArgsConfig, parseArgs } from 'node:util';
import { Failure } from '../base/failure';
import { nearest } from '../base/nearest';

/** The options and the other words of a command. Throws a `Failure`, which names the option that was most likely meant. */
export function readArguments<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
	try {
		const read = parseArgs(config);
		const names: readonly string[] = read.positionals;
		if (names.includes('')) {
			throw new Failure('One of the names is empty: write it, or leave it out.');
		}
		const nowhere = places.find(name => new Map(Object.entries(read.values)).get(name) === '');
		if (nowhere !== undefined) {
			throw new Failure(`The option '--${nowhere}' needs a value: write --${nowhere}=VALUE.`);
		}
		return read;
	} catch (error) {
		throw error instanceof TypeError && 'code' in error ? failureOf(error, String(error.code), config) : error;
	}
}

/** Options that name a place: an empty one would be the working folder, which nobody has meant. */
const places = ['state', 'service', 'folder', 'save'];

/** Node's own sentences speak of positional arguments and of its own syntax. */
function failureOf(error: Error, code: string, { options = {} }: ParseArgsConfig): Error {
	const [, named = ''] = /'(?:-\w, )?([^'\s]*)/.exec(error.message) ?? [];
	switch (code) {
		case 'ERR_PARSE_ARGS_UNKNOWN_OPTION': {
			const known = Object.keys(options).map(name => `--${name}`);
			const near = nearest(named, known);
			const remedy = near === undefined ? `: the options are ${known.join(', ')}.` : `; did you mean '${near}'?`;
			return new Failure(`There is no option '${named}'${remedy}`);
		}
		case 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE':
			return new Failure(
				/does not take/.test(error.message)
					? `The option '${named}' takes no value: leave out what stands after '='.`
					: `The option '${named}' needs a value: write ${named}=VALUE.`,
			);
		case 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL':
			return new Failure(`There is no use for '${named}' here: leave it out, or see --help.`);
		default:
			return error;
	}
}
