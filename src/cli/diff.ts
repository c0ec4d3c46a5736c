import path from 'node:path';
import { Failure } from '../base/failure';
import { definitionDifferences } from '../compare/definitionDifference';
import { matrixOf } from '../compare/matrix';
import { differing, matrixText } from '../compare/matrixText';
import { parseFile, serviceOf } from '../language/documents';
import type { Service } from '../model/service';
import { findOnDisk, readText } from '../node/serviceFiles';
import { formatOf } from '../schema/catalog';
import { readArguments } from './arguments';
import { choiceOf } from './choice';
import type { Io } from './io';
import { servicesOf } from './servicesOf';

const help = `rolewright diff [--format text|json] [--all] [--exit-code] A B

Compares two service configurations (.cscfg), value by value, or two service
definitions (.csdef), whatever the order of their elements. Secrets are masked.

  --all        configurations: also what is the same in both
  --exit-code  exit code 1 where they differ

Exit code: 0 done, 1 with --exit-code where they differ, 2 it could not be done.
`;

/** `rolewright diff`: two files of the same kind side by side. Throws a `Failure`. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
	const { values, positionals } = readArguments({
		args: [...argv],
		allowPositionals: true,
		options: {
			format: { type: 'string', default: 'text' },
			all: { type: 'boolean', default: false },
			'exit-code': { type: 'boolean', default: false },
			help: { type: 'boolean', short: 'h' },
		},
	});
	if (values.help) {
		io.stdout.write(help);
		return 0;
	}
	const format = choiceOf('format', values.format, ['text', 'json']);
	const [first, second, ...others] = positionals;
	if (first === undefined || second === undefined || others.length > 0) {
		throw new Failure(
			'Name two files, for example rolewright diff ServiceConfiguration.Local.cscfg ServiceConfiguration.Cloud.cscfg.',
		);
	}
	const kinds = [first, second].map(formatOf);
	if (kinds[0] === undefined || kinds[0] !== kinds[1]) {
		throw new Failure('Only two configurations (.cscfg) or two definitions (.csdef) can be compared.');
	}
	const found =
		kinds[0] === 'csdef' ? definitions(first, second, io.cwd) : configurations(first, second, io.cwd, values.all);
	io.stdout.write(format === 'json' ? `${JSON.stringify(found.json, undefined, 2)}\n` : found.text);
	return values['exit-code'] && found.differ ? 1 : 0;
}

interface Found {
	readonly json: unknown;
	readonly text: string;
	readonly differ: boolean;
}

function definitions(first: string, second: string, cwd: string): Found {
	const [a, b] = [serviceAt(first, cwd).definition, serviceAt(second, cwd).definition];
	const differences = a && b ? definitionDifferences(a, b) : [];
	const lines = differences.map(({ role, what }) => `${role === undefined ? '' : `${role}: `}${what}\n`);
	return {
		json: { first, second, differences },
		text: lines.join('') || 'No differences.\n',
		differ: differences.length > 0,
	};
}

function configurations(first: string, second: string, cwd: string, all: boolean): Found {
	// What the definition declares is missing where a configuration does not say it.
	const definition = [first, second].map(each => servicesOf([each], cwd)[0]?.service.definition).find(each => each);
	const both = [first, second].flatMap(each => serviceAt(each, cwd).configurations);
	const whole = matrixOf({ definition, configurations: both });
	const different = differing(whole);
	const { columns, rows } = all ? whole : different;
	const shown = rows.map(({ cells, ...row }) => ({
		...row,
		values: cells.map(cell => ({ value: cell.shown, secret: cell.secret, emulatorOnly: cell.emulatorOnly })),
	}));
	return {
		json: { first, second, definition: definition?.path && path.relative(cwd, definition.path), rows: shown },
		text:
			matrixText({
				columns: columns.map((column, index) => ({ ...column, name: [first, second][index] ?? column.name })),
				rows,
			}) || 'No differences.\n',
		differ: different.rows.length > 0,
	};
}

function serviceAt(file: string, cwd: string): Service {
	const absolute = path.resolve(cwd, file);
	if (findOnDisk(absolute)?.kind !== 'file') {
		throw new Failure(`There is no file '${file}'.`);
	}
	return serviceOf([parseFile(absolute, formatOf(absolute) ?? 'cscfg', readText(absolute))]);
}
