import path from 'node:path';
import { createConnection } from 'vscode-languageserver/node';
import { textOfError } from '../base/failure';
import { wallClock } from '../node/clock';
import { watchBelow } from '../node/fileWatch';
import { textAtCommit } from '../node/gitFiles';
import { filesBelow, filesIn, findOnDisk, readText } from '../node/serviceFiles';
import { codeFoldersSaid } from '../runner/codeFolders';
import { readRolewrightFile } from '../runner/rolewrightFile';
import { connectionStrategy, serve, watchedFiles } from '../server/server';
import type { ServerWorld } from '../server/world';
import { readArguments } from './arguments';
import type { Io } from './io';
import { ownPath, ownVersion } from './ownFiles';
import { type Asked, ruleOptionsOf } from './ruleOptions';

const help = `rolewright lsp [--stdio]

The language server for service definitions (.csdef) and configurations (.cscfg), and
for the names of services in the code of roles (C#, VB, F#, JavaScript, TypeScript,
Java, Python, PHP), in scenarios (*.lifecycle.json) and in rolewright.json: it speaks
the Language Server Protocol on standard input and output. An editor starts it;
docs/editors.md says how Neovim, Emacs, Helix and others are told to.

  initializationOptions.showDefaults   true: attributes that are left out and have a
                                       default are shown as inlay hints

Exit code: 0 after the editor said shutdown and exit, 1 where the connection broke off.
`;

/** `rolewright lsp`: serves until the client says exit. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
	const { values } = readArguments({
		args: [...argv],
		// Many clients add it, whether it is needed or not.
		options: { stdio: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
	});
	if (values.help) {
		io.stdout.write(help);
		return 0;
	}
	const connection = createConnection(process.stdin, process.stdout, { connectionStrategy });
	serve(
		connection,
		world(text => connection.console.warn(text)),
		{ version: ownVersion(), languages: (await import('./lspFiles')).fileLanguages },
	);
	// The library ends the process with the exit code that the protocol asks for.
	return new Promise<number>(() => {});
}

const models = /\.(csdef|cscfg|ccproj|csplugin)$/i;

function world(warn: (text: string) => void): ServerWorld {
	return {
		filesBelow: folder => filesBelow(folder, models),
		filesNamed: (folder, name) => filesBelow(folder, name),
		filesIn: folder => filesIn(folder).filter(file => models.test(file)),
		textOf: textIn,
		// Without git, or in a partial clone, there is nothing to compare with.
		textAtHead: file => textAtCommit(file, 'HEAD').catch(() => undefined),
		kindOf: file => findOnDisk(file)?.kind,
		rulesIn: folder => rulesIn(folder, warn),
		codeFoldersIn: folder => {
			const file = path.join(folder, 'rolewright.json');
			return codeFoldersSaid(file, textIn(file) ?? '{}');
		},
		secretsFileIn: folder => secretsFileIn(path.join(folder, 'rolewright.json')),
		pageOf: code => (/^\w+$/.test(code) ? ownPath('docs', 'problems', `${code}.md`) : undefined),
		after: (milliseconds, run) => wallClock.after(milliseconds, run),
		watch: (folders, changed) => {
			const watchers = folders.map(folder => watchBelow(path.resolve(folder), watchedFiles, changed));
			return { dispose: () => watchers.forEach(watcher => void watcher.dispose()) };
		},
	};
}

function textIn(file: string): string | undefined {
	try {
		return findOnDisk(file)?.kind === 'file' ? readText(file) : undefined;
	} catch {
		return undefined;
	}
}

function secretsFileIn(file: string): string | undefined {
	try {
		return readRolewrightFile(file, textIn(file) ?? '{}').secrets;
	} catch {
		return undefined;
	}
}

/** A half-written `rolewright.json` is normal while it is written: until it can be read, nothing of it counts. */
function rulesIn(folder: string, warn: (text: string) => void) {
	const today = new Date().toISOString().slice(0, 'yyyy-mm-dd'.length);
	const asked: Asked = { platform: undefined, severity: {}, today };
	try {
		return ruleOptionsOf(folder, asked);
	} catch (error) {
		warn(textOfError(error));
		return { today };
	}
}
