import { wallClock } from '../clock';
import { type Exit, startProcess } from '../processes/processes';

/** Runs a program to its end and gives what it wrote. For short questions to a tool, never for the code of a role. */
export async function outputOf(
	command: string,
	args: readonly string[],
	options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv; readonly limit?: number } = {},
): Promise<Exit & { readonly stdout: string; readonly stderr: string }> {
	const text = { stdout: '', stderr: '' };
	const running = startProcess({
		run: { command, args },
		cwd: options.cwd ?? process.cwd(),
		env: options.env ?? process.env,
		line: (stream, line) => {
			text[stream] += `${line}\n`;
		},
	});
	const limit = wallClock.after(options.limit ?? 30_000, () => running.kill());
	const exit = await running.exited;
	limit.dispose();
	return { ...exit, ...text };
}
