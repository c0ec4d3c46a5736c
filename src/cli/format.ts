import { Failure } from '../base/failure';
import { applyEdits, type Edit } from '../base/span';
import type { ParsedFile } from '../language/documents';
import { format } from '../language/format';
import { styleOf } from '../model/markup';
import { readArguments } from './arguments';
import type { Io } from './io';
import { applyPlan, prepare } from './planFiles';
import { servicesOf } from './servicesOf';

const help = `rolewright format [--check | --write] [--indent N|tab] PATH...

Gives every element of service definitions (.csdef) and configurations (.cscfg) a line
of its own at its depth. Only blanks change: comments, values, encoding and line ends
stay as they are. PATH is a file, or a folder that is searched.

  (neither)  prints the formatted text of the one file that was named
  --check    changes nothing; names the files that are not formatted
  --write    writes the files that are not formatted
  --indent   blanks for one level, or tab; default: as the file does it

Exit code: 0 done, 1 with --check where a file is not formatted, 2 it could not be done.
`;

/** `rolewright format`: the formatter of the editor for files. Throws a `Failure`. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
	const { values, positionals } = readArguments({
		args: [...argv],
		allowPositionals: true,
		options: {
			check: { type: 'boolean', default: false },
			write: { type: 'boolean', default: false },
			indent: { type: 'string' },
			help: { type: 'boolean', short: 'h' },
		},
	});
	if (values.help) {
		io.stdout.write(help);
		return 0;
	}
	if (values.check && values.write) {
		throw new Failure('Say either --check or --write: one of them writes nothing.');
	}
	if (positionals.length === 0) {
		throw new Failure('Nothing to format: name files or folders, for example rolewright format --check .');
	}
	const indent = indentFrom(values.indent);
	const files = filesOf(positionals, io.cwd).map(each => ({ ...each, edits: editsOf(each.file, indent) }));
	const unformatted = files.filter(({ edits }) => edits.length > 0);
	if (values.check) {
		io.stdout.write(unformatted.map(({ shown }) => `${shown}\n`).join(''));
		return unformatted.length > 0 ? 1 : 0;
	}
	if (values.write) {
		applyPlan(prepare({ files: [], edits: unformatted.map(({ file, edits }) => ({ path: file.path, edits })) }));
		io.stdout.write(unformatted.map(({ shown }) => `${shown}\n`).join(''));
		return 0;
	}
	const [only, ...others] = files;
	if (!only || others.length > 0) {
		throw new Failure(
			`These are ${files.length} files: use --write to write them, or --check to see which would change.`,
		);
	}
	io.stdout.write(applyEdits(only.file.document.text, only.edits));
	return 0;
}

interface Asked {
	readonly file: ParsedFile;
	readonly shown: string;
}

function filesOf(paths: readonly string[], cwd: string): readonly Asked[] {
	const files = servicesOf(paths, cwd).flatMap(service => service.files);
	return [...files].sort((a, b) => (a.shown < b.shown ? -1 : 1));
}

function editsOf({ document }: ParsedFile, indent: string | undefined): readonly Edit[] {
	return format(document, indent ?? styleOf(document).indent);
}

function indentFrom(given: string | undefined): string | undefined {
	if (given === undefined || given === 'tab') {
		return given && '\t';
	}
	if (!/^[1-9]$/.test(given)) {
		throw new Failure(`'${given}' is no indentation: use --indent tab, or a number of blanks from 1 to 9.`);
	}
	return ' '.repeat(Number(given));
}
