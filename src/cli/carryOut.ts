import path from 'node:path';
import type { Plan } from '../scaffold/plan';
import type { Io } from './io';
import { applyPlan, type ChangedFile, prepare } from './planFiles';

/** Says what a plan does, and does it unless it is only to be shown. Throws a `Failure` where it cannot be done as a whole. */
export function carryOut(plan: Plan, dryRun: boolean, io: Io): void {
	const files = prepare(plan);
	if (!dryRun) {
		applyPlan(files);
	}
	const shown = (file: string) => path.relative(io.cwd, file) || file;
	for (const file of files.created) {
		io.stdout.write(`create ${shown(file.path)}\n${dryRun ? marked('+', linesOf(file.text)) : ''}`);
	}
	for (const file of files.changed) {
		io.stdout.write(`edit ${shown(file.path)}\n${dryRun ? changesOf(file) : ''}`);
	}
	for (const note of plan.notes ?? []) {
		io.stderr.write(`note: ${note}\n`);
	}
}

/** The lines that go and come, edit by edit; lines that stay as they are, are left out. */
function changesOf({ edits, before }: ChangedFile): string {
	return [...edits]
		.sort((a, b) => a.span.start - b.span.start)
		.map(({ span, text }) => {
			const start = before.lastIndexOf('\n', span.start - 1) + 1;
			const lineEnd = before.indexOf('\n', span.end);
			const end = lineEnd < 0 ? before.length : lineEnd;
			const old = linesOf(before.slice(start, end));
			const fresh = linesOf(before.slice(start, span.start) + text + before.slice(span.end, end));
			let same = 0;
			while (same < old.length && same < fresh.length && old[same] === fresh[same]) {
				same++;
			}
			let tail = 0;
			while (tail < old.length - same && tail < fresh.length - same && old.at(-1 - tail) === fresh.at(-1 - tail)) {
				tail++;
			}
			return marked('-', old.slice(same, old.length - tail)) + marked('+', fresh.slice(same, fresh.length - tail));
		})
		.join('');
}

function linesOf(text: string): readonly string[] {
	return text.replace(/\r?\n$/, '').split(/\r?\n/);
}

function marked(mark: '+' | '-', lines: readonly string[]): string {
	return lines.map(line => `  ${mark} ${line}\n`).join('');
}
