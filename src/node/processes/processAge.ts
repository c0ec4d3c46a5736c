import { answerOf } from './processes';
import { powerShell, windowsProgram } from './systemPrograms';

/** When a process started, in milliseconds since 1970, to a second; `undefined` when there is none of this id. */
export function startTimeOf(pid: number): number | undefined {
	if (!lives(pid)) {
		return undefined;
	}
	if (process.platform === 'win32') {
		const question = `(Get-Process -Id ${pid}).StartTime.ToUniversalTime().ToString('o')`;
		const time = answerOf(windowsProgram(powerShell), ['-NoProfile', '-NonInteractive', '-Command', question]);
		return time ? Date.parse(time) : undefined;
	}
	const age = answerOf('ps', ['-o', 'etime=', '-p', String(pid)]);
	return age ? Date.now() - elapsed(age) * 1000 : undefined;
}

/** Seconds of `[[days-]hours:]minutes:seconds`, as `ps` writes an age; a date would depend on the zone and the language. */
function elapsed(text: string): number {
	const [clock = '', days = '0'] = text.split('-').reverse();
	return clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) + Number(days) * 86_400;
}

/** To ask the system for more takes long, above all on Windows, and most processes that are asked for are gone. */
function lives(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch (error) {
		// EPERM: it lives and belongs to somebody else.
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
}
