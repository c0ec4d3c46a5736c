import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { main } from '../../src/cli/main';

/** A folder of its own for calls of the command line, in this process. */
export interface CallFolder {
	readonly path: string;
	write(files: Readonly<Record<string, string | Uint8Array>>): void;
	read(file: string): string;
	call(...argv: string[]): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>;
	remove(): void;
}

export function callFolder(): CallFolder {
	const folder = mkdtempSync(path.join(tmpdir(), 'rolewright-'));
	return {
		path: folder,
		write: files => {
			for (const [name, text] of Object.entries(files)) {
				mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
				writeFileSync(path.join(folder, name), text);
			}
		},
		read: file => readFileSync(path.join(folder, file), 'utf8'),
		call: async (...argv) => {
			const output = { stdout: '', stderr: '' };
			const sink = (name: 'stdout' | 'stderr') => ({ write: (text: string) => (output[name] += text) });
			const code = await main(argv, {
				stdout: sink('stdout'),
				stderr: sink('stderr'),
				stdin: Readable.from([]),
				env: {},
				cwd: folder,
				isTerminal: false,
			});
			return { code, ...output };
		},
		remove: () => rmSync(folder, { recursive: true }),
	};
}
