import { parseArgs } from 'node:util';
import { Failure } from '../base/failure';
import { LineMap } from '../base/lines';
import { diagnose } from '../language/diagnostics';
import { type Finding, type Findings, formats, isFormat } from './findings';
import type { Io } from './io';
import { servicesOf } from './servicesOf';

const help = `rolewright validate [--format text|json|sarif] [--platform classic|extended] PATH...

Checks service definitions (.csdef) and configurations (.cscfg): well-formed, as the
schemas say, and in agreement with each other. PATH is a file, or a folder that is
searched (bin, obj, node_modules and .git are left out).

A configuration is checked against the definition that is given with it, else the one
in its folder, else the one in the nearest folder above or in the project (.ccproj)
that names both.

Exit code: 0 no errors, 1 errors, 2 it could not be done.
`;

export async function run(argv: readonly string[], io: Io): Promise<number> {
	const { values, positionals } = parseArgs({
		args: [...argv],
		allowPositionals: true,
		options: {
			format: { type: 'string', default: 'text' },
			platform: { type: 'string' },
			help: { type: 'boolean', short: 'h' },
		},
	});
	if (values.help) {
		io.stdout.write(help);
		return 0;
	}
	const { format, platform } = values;
	if (!isFormat(format)) {
		throw new Failure(`There is no format '${format}': use ${Object.keys(formats).join(', ')}.`);
	}
	if (platform !== undefined && platform !== 'classic' && platform !== 'extended') {
		throw new Failure(`There is no platform '${platform}': use classic or extended.`);
	}
	if (positionals.length === 0) {
		throw new Failure('Nothing to validate: name files or folders, for example rolewright validate .');
	}
	const findings = findingsIn(positionals, io.cwd);
	for (const file of findings.withoutDefinition) {
		io.stderr.write(`'${file}' has no service definition: the rules that need one were left out.\n`);
	}
	io.stdout.write(formats[format](findings, io));
	return findings.problems.some(problem => problem.severity === 'error') ? 1 : 0;
}

function findingsIn(paths: readonly string[], cwd: string): Findings {
	const services = servicesOf(paths, cwd);
	const problems: Finding[] = [];
	for (const { service, files } of services) {
		for (const { file, shown } of files) {
			const found = diagnose(file, service);
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
