/** What became of one scenario, in words. */
export interface TestReport {
	readonly name: string;
	/** As given or found. */
	readonly file: string;
	/** `broken`: it could not be played. `skipped`: it was not played, because somebody ended the run. */
	readonly outcome: 'passed' | 'failed' | 'broken' | 'skipped';
	/** Milliseconds of wall time. */
	readonly duration: number;
	readonly failures: readonly FailureReport[];
}

export interface FailureReport {
	/** From 1. */
	readonly line: number;
	readonly column: number;
	readonly step: string | undefined;
	readonly expected: string;
	readonly instead: string;
	/** The journal around it, a line each. */
	readonly journal: readonly string[];
}

/**
 * The reports as JUnit XML: the elements and attributes that Jenkins' schema (junit-10.xsd of its xunit plugin) and the
 * readers of GitHub's actions have in common. A file is a suite, so that a reader can link to it.
 */
export function junitXml(reports: readonly TestReport[], began: Date): string {
	const suites = reports.map(
		report =>
			`  <testsuite ${attributes({ name: report.file, file: report.file, timestamp: timestamp(began), ...sums([report]) })}>
    <testcase ${attributes({ name: report.name, classname: classNameOf(report.file), time: seconds(report.duration) })}>${caseContent(report)}</testcase>
  </testsuite>\n`,
	);
	const { skipped, ...totals } = sums(reports);
	return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites ${attributes({ name: 'rolewright test', ...totals })}>
${suites.join('')}</testsuites>
`;
}

/** A failure in lines, as every format shows it. */
export function failureLines({ step, expected, instead, journal }: FailureReport): readonly string[] {
	return [
		...(step === undefined ? [] : [`step: ${step}`]),
		`expected: ${expected}`,
		`instead: ${instead}`,
		...(journal.length > 0 ? ['journal:', ...journal.map(line => `  ${line}`)] : []),
	];
}

function caseContent({ outcome, failures, file }: TestReport): string {
	if (outcome === 'skipped') {
		return '<skipped message="The run was ended before this scenario."/>';
	}
	const element = outcome === 'broken' ? 'error' : 'failure';
	return failures
		.map(failure => {
			const message = `expected ${failure.expected}, instead ${failure.instead}`;
			const text = [`${file}:${failure.line}:${failure.column}`, ...failureLines(failure)].join('\n');
			return `<${element} ${attributes({ type: outcome, message })}>${escaped(text)}</${element}>`;
		})
		.join('');
}

function sums(reports: readonly TestReport[]) {
	const count = (outcome: TestReport['outcome']) => String(reports.filter(each => each.outcome === outcome).length);
	return {
		tests: String(reports.length),
		failures: count('failed'),
		errors: count('broken'),
		skipped: count('skipped'),
		time: seconds(reports.reduce((sum, each) => sum + each.duration, 0)),
	};
}

/** Jenkins groups by the part of the class name before its last full stop. */
function classNameOf(file: string): string {
	const name = file.replace(/\.lifecycle\.json$/i, '').replace(/^(?:\.{0,2}[\\/])+/, '');
	return name.replaceAll('.', '_').replace(/[\\/]+/g, '.');
}

function attributes(values: Readonly<Record<string, string>>): string {
	return Object.entries(values)
		.map(([name, value]) => `${name}="${escaped(value).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')}"`)
		.join(' ');
}

const entities: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&apos;',
};

/** What XML 1.0 cannot hold at all, such as the escape of a terminal's colours, becomes U+FFFD. */
function escaped(text: string): string {
	return text
		.replace(/\r\n?/g, '\n')
		.replace(/[^\t\n\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
		.replace(/[&<>"']/g, sign => entities[sign] ?? sign);
}

function seconds(milliseconds: number): string {
	return (milliseconds / 1_000).toFixed(3);
}

function timestamp(date: Date): string {
	return date.toISOString().slice(0, 19);
}
