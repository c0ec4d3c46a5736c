import path from 'node:path';
import { Failure } from '../base/failure';
import { type ChangeEffect, effects } from '../compare/change';
import { type Impact, impactOf } from '../compare/impact';
import { reportOf, summaryOf } from '../compare/impactText';
import { type ParsedFile, parseFile, serviceOf } from '../language/documents';
import type { Service } from '../model/service';
import { commitOf, textAtCommit } from '../node/gitFiles';
import { findOnDisk, readText } from '../node/serviceFiles';
import { openService } from '../runner/openService';
import { formatOf } from '../schema/catalog';
import { readArguments } from './arguments';
import { choiceOf } from './choice';
import type { Io } from './io';
import { servicesOf } from './servicesOf';

const help = `rolewright impact [--against REF|FILE] [--format text|json] [--fail-on EFFECT] PATH

Says for every change of a service's files what it does to a deployment that runs:
whether it applies in place, restarts instances, loses local data, needs a swap or is
forbidden, and which events its roles hear in which order.

PATH is a folder with one service definition, a .csdef, a .ccproj or a .cscfg.

  --against  what runs: a commit of git (default: HEAD), or a .csdef, a .cscfg or a
             folder with the files as they were deployed
  --fail-on  exit code 1 where a change does this or worse, in this order:
             ${effects.join(', ')}

Exit code: 0 done, 1 with --fail-on where a change is that bad, 2 it could not be done.
`;

/** `rolewright impact`: what is on disk against what runs. Throws a `Failure`. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
	const { values, positionals } = readArguments({
		args: [...argv],
		allowPositionals: true,
		options: {
			against: { type: 'string', default: 'HEAD' },
			format: { type: 'string', default: 'text' },
			'fail-on': { type: 'string' },
			help: { type: 'boolean', short: 'h' },
		},
	});
	if (values.help) {
		io.stdout.write(help);
		return 0;
	}
	const { against } = values;
	const format = choiceOf('format', values.format, ['text', 'json']);
	const failing = effectsFrom(values['fail-on']);
	const [given, ...others] = positionals;
	if (given === undefined || others.length > 0) {
		throw new Failure('Name one service, for example rolewright impact .');
	}
	const after = filesAt(path.resolve(io.cwd, given));
	const before = await filesBefore(after, against, io.cwd);
	const impact = impactOf(serviceOf(before), serviceOf(after));
	io.stdout.write(format === 'json' ? json(impact, io.cwd) : reportOf(impact));
	return impact.changes.some(({ effect }) => failing.includes(effect)) ? 1 : 0;
}

/** The files of the service as they are; a configuration brings its definition, a definition all its configurations. */
function filesAt(place: string): readonly ParsedFile[] {
	const { definition, configurations }: Service =
		formatOf(place) === 'cscfg'
			? (servicesOf([place], path.dirname(place))[0]?.service ?? nothing)
			: openService(place);
	return [
		...(definition ? [{ path: definition.path, format: 'csdef' as const, document: definition.document }] : []),
		...configurations.map(each => ({ path: each.path, format: 'cscfg' as const, document: each.document })),
	];
}

const nothing: Service = { definition: undefined, configurations: [] };

async function filesBefore(after: readonly ParsedFile[], against: string, cwd: string): Promise<readonly ParsedFile[]> {
	const found = findOnDisk(path.resolve(cwd, against));
	if (found?.kind === 'file') {
		return withFile(after, found.path);
	}
	if (found?.kind === 'folder') {
		return relocated(filesAt(found.path), after);
	}
	const folder = path.dirname(after[0]?.path ?? cwd);
	const commit = await commitOf(folder, against);
	const texts = await Promise.all(
		after.map(async ({ path: file, format }) => ({ file, format, text: await textAtCommit(file, commit) })),
	);
	return texts.flatMap(({ file, format, text }) => (text === undefined ? [] : [parseFile(file, format, text)]));
}

/** The same service with one of its files as it is in another place. */
function withFile(after: readonly ParsedFile[], file: string): readonly ParsedFile[] {
	const format = formatOf(file);
	const candidates = after.filter(each => each.format === format);
	const meant = candidates.find(each => path.basename(each.path) === path.basename(file)) ?? candidates[0];
	if (!format || !meant) {
		throw new Failure(
			`'${file}' is nothing to compare this service with: name a .csdef, a .cscfg, a folder or a commit.`,
		);
	}
	if (candidates.length > 1 && path.basename(meant.path) !== path.basename(file)) {
		throw new Failure(
			`Several configurations could be compared with '${file}': name one of them instead of the service.`,
		);
	}
	return after.map(each => (each === meant ? parseFile(each.path, format, readText(file)) : each));
}

/** Files of the same name are the same file, and of definitions there is only one. */
function relocated(files: readonly ParsedFile[], after: readonly ParsedFile[]): readonly ParsedFile[] {
	return files.map(file => {
		const same = after.find(each =>
			file.format === 'csdef' ? each.format === 'csdef' : path.basename(each.path) === path.basename(file.path),
		);
		return same ? { ...file, path: same.path } : file;
	});
}

function json({ changes, notes }: Impact, cwd: string): string {
	const shown = changes.map(({ path: file, span: _span, ...change }) => ({
		file: path.relative(cwd, file),
		...change,
	}));
	return `${JSON.stringify({ summary: summaryOf(changes), changes: shown, notes }, undefined, 2)}\n`;
}

function effectsFrom(least: string | undefined): readonly ChangeEffect[] {
	return least === undefined ? [] : effects.slice(effects.indexOf(choiceOf('effect', least, effects)));
}
