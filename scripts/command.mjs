import { spawn } from 'node:child_process';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '..');

/** Runs a program in the project's folder with our own input and output; resolves with its exit code. */
export function run(program, args, { env, ...options } = {}) {
	return new Promise((resolve, reject) => {
		const child = spawn(program, args, {
			cwd: root,
			stdio: 'inherit',
			env: { ...process.env, ...env },
			...options,
		});
		child.once('error', reject);
		child.once('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0)));
	});
}

/** Like `run`, but a failure ends the script: what comes after would only hide it. */
export async function mustRun(program, args, options) {
	const code = await run(program, args, options);
	if (code !== 0) {
		throw new Error(`${[path.basename(program), ...args].join(' ')} failed with exit code ${code}.`);
	}
}

/** npm is a script on Windows, and a script needs a shell there; our arguments have nothing that a shell would change. */
export function npm(args, options) {
	return mustRun('npm', args, { shell: process.platform === 'win32', ...options });
}
