import { failureLines, junitXml, type TestReport } from '../scenario/junit';
import { type Io, wantsColour } from './io';

export type TestFormat = 'text' | 'junit' | 'json';

/** Shows the results of `rolewright test`: each as it comes, or all at the end. */
export interface TestReporter {
	take(report: TestReport): void;
	end(reports: readonly TestReport[]): void;
}

export function reporterFor(format: TestFormat, io: Io): TestReporter {
	const began = new Date();
	switch (format) {
		case 'text':
			return textReporter(io);
		case 'junit':
			return { take: () => {}, end: reports => void io.stdout.write(junitXml(reports, began)) };
		case 'json':
			return { take: () => {}, end: reports => void io.stdout.write(jsonText(reports)) };
	}
}

const marks = { passed: '✓', failed: '✗', broken: '✗', skipped: '-' } as const;
const colours = { passed: '32', failed: '31', broken: '31', skipped: '90' } as const;

function textReporter(io: Io): TestReporter {
	const painted = (outcome: TestReport['outcome'], text: string) =>
		wantsColour(io) ? `\u001b[${colours[outcome]}m${text}\u001b[0m` : text;
	return {
		take: ({ name, file, outcome, duration, failures }) => {
			const time = outcome === 'passed' || outcome === 'failed' ? `  ${(duration / 1_000).toFixed(1)} s` : '';
			const lines = failures.flatMap(failure => [
				`    ${file}:${failure.line}:${failure.column}`,
				...failureLines(failure).map(line => `      ${line}`),
			]);
			io.stdout.write(`${painted(outcome, marks[outcome])} ${name}${time}\n${lines.map(line => `${line}\n`).join('')}`);
		},
		end: reports => void io.stdout.write(`${summary(reports)}\n`),
	};
}

function summary(reports: readonly TestReport[]): string {
	const { passed, failed, broken, skipped } = counts(reports);
	const words = [
		`${passed} passed`,
		...(failed > 0 ? [`${failed} failed`] : []),
		...(broken > 0 ? [`${broken} could not be played`] : []),
		...(skipped > 0 ? [`${skipped} skipped`] : []),
	];
	return `${reports.length} ${reports.length === 1 ? 'scenario' : 'scenarios'}: ${words.join(', ')}.`;
}

function jsonText(reports: readonly TestReport[]): string {
	return `${JSON.stringify({ ...counts(reports), scenarios: reports })}\n`;
}

function counts(reports: readonly TestReport[]) {
	const count = (outcome: TestReport['outcome']) => reports.filter(each => each.outcome === outcome).length;
	return {
		passed: count('passed'),
		failed: count('failed'),
		broken: count('broken'),
		skipped: count('skipped'),
	};
}
