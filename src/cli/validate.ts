import path from 'node:path';
import { parseArgs } from 'node:util';
import { Failure } from '../base/failure';
import { LineMap } from '../base/lines';
import type { Severity } from '../base/problem';
import { type DiagnoseOptions, diagnose } from '../language/diagnostics';
import { type SeverityChoice, severityChoices } from '../model/severities';
import { choiceOf } from './choice';
import { type Finding, type Findings, formats } from './findings';
import type { Io } from './io';
import { type Asked, ruleOptionsOf } from './ruleOptions';
import { servicesOf } from './servicesOf';

const help = `rolewright validate [--format text|json|sarif] [--platform classic|extended]
                    [--severity CODE=LEVEL]... [--fail-on LEVEL] PATH...

Checks service definitions (.csdef) and configurations (.cscfg): well-formed, as the
schemas say, and in agreement with each other. PATH is a file, or a folder that is
searched (bin, obj, csx, node_modules and .git are left out).

A configuration is checked against the definition that is given with it, else the one
in its folder, else the one in the nearest folder above or in the project (.ccproj)
that names both.

  --platform   the platform whose rules hold; default: what rolewright.json beside the
               definition says, else a guess from the files
  --severity   how severe a problem is: error, warning, information, hint or off;
               may be given several times, and goes before rolewright.json
  --fail-on    the least severity that makes the exit code 1; default: error

Exit code: 0 no errors, 1 errors, 2 it could not be done.
`;

export async function run(argv: readonly string[], io: Io): Promise<number> {
	const { values, positionals } = parseArgs({
		args: [...argv],
		allowPositionals: true,
		options: {
			format: { type: 'string', default: 'text' },
			platform: { type: 'string' },
			severity: { type: 'string', multiple: true, default: [] },
			'fail-on': { type: 'string', default: 'error' },
			help: { type: 'boolean', short: 'h' },
		},
	});
	if (values.help) {
		io.stdout.write(help);
		return 0;
	}
	const format = choiceOf('format', values.format, ['text', 'json', 'sarif']);
	const platform =
		values.platform === undefined ? undefined : choiceOf('platform', values.platform, ['classic', 'extended']);
	const failing = levelsFrom(values['fail-on']);
	const severity = Object.fromEntries(values.severity.map(readChoice));
	if (positionals.length === 0) {
		throw new Failure('Nothing to validate: name files or folders, for example rolewright validate .');
	}
	const today = new Date().toISOString().slice(0, 'yyyy-mm-dd'.length);
	const findings = findingsIn(positionals, io.cwd, { platform, severity, today });
	for (const file of findings.withoutDefinition) {
		io.stderr.write(`'${file}' has no service definition: the rules that need one were left out.\n`);
	}
	io.stdout.write(formats[format](findings, io));
	return findings.problems.some(problem => failing.includes(problem.severity)) ? 1 : 0;
}

function findingsIn(paths: readonly string[], cwd: string, asked: Asked): Findings {
	const services = servicesOf(paths, cwd);
	const optionsByFolder = new Map<string, DiagnoseOptions>();
	const problems: Finding[] = [];
	for (const { service, files } of services) {
		const folder = path.dirname(service.definition?.path ?? files[0]?.file.path ?? cwd);
		const options = optionsByFolder.get(folder) ?? ruleOptionsOf(folder, asked);
		optionsByFolder.set(folder, options);
		for (const { file, shown } of files) {
			const found = diagnose(file, service, options);
			const lines = found.length > 0 ? new LineMap(file.document.text) : undefined;
			for (const { span, severity, code, message, layer } of found) {
				const start = lines?.placeAt(span.start) ?? { line: 1, column: 1 };
				const end = lines?.placeAt(span.end) ?? start;
				const place = { line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
				problems.push({ file: shown, ...place, severity, code, message, layer });
			}
		}
	}
	const without = services.filter(({ service }) => !service.definition).flatMap(({ files }) => files);
	return {
		files: services.reduce((sum, { files }) => sum + files.length, 0),
		problems: problems.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0)),
		withoutDefinition: without.filter(({ file }) => file.format === 'cscfg').map(({ shown }) => shown),
	};
}

function levelsFrom(least: string): readonly SeverityChoice[] {
	const levels: readonly Severity[] = ['error', 'warning', 'information', 'hint'];
	return levels.slice(0, levels.indexOf(choiceOf('severity', least, levels)) + 1);
}

function readChoice(argument: string): readonly [code: string, choice: SeverityChoice] {
	const [code = '', level = ''] = argument.split('=');
	const choice = severityChoices.find(each => each === level);
	if (code === '' || !choice) {
		throw new Failure(
			`'--severity ${argument}' is not of the form CODE=LEVEL: the levels are ${severityChoices.join(', ')}.`,
		);
	}
	return [code, choice];
}
