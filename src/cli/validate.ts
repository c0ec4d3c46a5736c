import path from 'node:path';
import { Failure } from '../base/failure';
import { LineMap } from '../base/lines';
import type { Problem, Severity } from '../base/problem';
import { type DiagnoseOptions, diagnose } from '../language/diagnostics';
import { codeObstacle } from '../language/severityCodes';
import { type SeverityChoice, severityChoices } from '../model/severities';
import { readArguments } from './arguments';
import { choiceOf } from './choice';
import { type Finding, type Findings, formats } from './findings';
import type { Io } from './io';
import { type Asked, ruleOptionsOf, settingsProblems } from './ruleOptions';
import { type AskedService, servicesOf } from './servicesOf';

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
	const { values, positionals } = readArguments({
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
	const severity = Object.fromEntries(values.severity.map(each => readChoice(each, io)));
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
	const problems: (readonly Finding[])[] = [];
	for (const { service, files } of services) {
		const folder = path.dirname(service.definition?.path ?? files[0]?.file.path ?? cwd);
		const known = optionsByFolder.get(folder);
		const options = known ?? ruleOptionsOf(folder, asked);
		optionsByFolder.set(folder, options);
		if (!known) {
			const { path: file, text, problems: found } = settingsProblems(folder);
			problems.push(placed(found, shownBeside(file, files, cwd), text));
		}
		for (const { file, shown } of files) {
			problems.push(placed(diagnose(file, service, options), shown, file.document.text));
		}
	}
	const without = services.filter(({ service }) => !service.definition).flatMap(({ files }) => files);
	return {
		files: services.reduce((sum, { files }) => sum + files.length, 0),
		problems: problems.flat().sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0)),
		withoutDefinition: without.filter(({ file }) => file.format === 'cscfg').map(({ shown }) => shown),
	};
}

function placed(problems: readonly Problem[], file: string, text: string): readonly Finding[] {
	const lines = problems.length > 0 ? new LineMap(text) : undefined;
	return problems.map(({ span, severity, code, message, layer }) => {
		const start = lines?.placeAt(span.start) ?? { line: 1, column: 1 };
		const end = lines?.placeAt(span.end) ?? start;
		const place = { line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
		return { file, ...place, severity, code, message, layer };
	});
}

/** As the files in the same folder are shown, else as it is seen from the working folder. */
function shownBeside(file: string, files: AskedService['files'], cwd: string): string {
	const beside = files.find(each => path.dirname(each.file.path) === path.dirname(file));
	return beside ? path.join(path.dirname(beside.shown), path.basename(file)) : path.relative(cwd, file);
}

function levelsFrom(least: string): readonly SeverityChoice[] {
	const levels: readonly Severity[] = ['error', 'warning', 'information', 'hint'];
	return levels.slice(0, levels.indexOf(choiceOf('severity', least, levels)) + 1);
}

function readChoice(argument: string, io: Io): readonly [code: string, choice: SeverityChoice] {
	const [code = '', level = ''] = argument.split(/=(.*)/s);
	const choice = severityChoices.find(each => each === level);
	if (code === '' || !choice) {
		throw new Failure(
			`'--severity ${argument}' is not of the form CODE=LEVEL: the levels are ${severityChoices.join(', ')}.`,
		);
	}
	const obstacle = codeObstacle(code);
	if (obstacle?.isKnown === false) {
		throw new Failure(obstacle.text);
	}
	if (obstacle) {
		io.stderr.write(`${obstacle.text}\n`);
	}
	return [code, choice];
}
