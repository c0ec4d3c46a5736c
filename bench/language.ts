import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { diagnose } from '../src/language/diagnostics';
import { parseFile, serviceOf } from '../src/language/documents';
import { validateSchema } from '../src/schema/validation';
import { parse } from '../src/xml/parser';
import { type Measured, median } from './measure';
import { bigService } from './sample';

/** Parsing and diagnostics of a definition of 1 MB, and of a usual file after each keystroke; beside them xmllint. */
export function measureLanguage(): readonly Measured[] {
	const { definition, configuration } = bigService(1_000_000);
	const usual = readFileSync(
		path.join(__dirname, '..', 'test', 'fixtures', 'models', 'ServiceDefinition.csdef'),
		'utf8',
	);
	const cold = performance.now();
	everything(definition, configuration);
	const first = performance.now() - cold;
	const document = parse(definition);
	return [
		{
			what: '1 MB definition with its configuration: the very first time, with loading and compiling the schemas',
			milliseconds: first,
		},
		{
			what: '1 MB definition: parse and full diagnostics',
			milliseconds: median(() => everything(definition, configuration)),
			bound: 60,
		},
		{ what: '1 MB definition: parse alone', milliseconds: median(() => parse(definition)) },
		{ what: '1 MB definition: schema alone', milliseconds: median(() => validateSchema(document, 'csdef')) },
		{ what: 'a keystroke in a usual file: parse and full diagnostics', milliseconds: keystroke(usual), bound: 2 },
		...peer(definition),
	];
}

let configurationFile: ReturnType<typeof parseFile> | undefined;

/** As after a change in the definition: the configuration is parsed already, but checked against the new definition. */
function everything(definition: string, configuration: string): void {
	configurationFile ??= parseFile('/s/ServiceConfiguration.cscfg', 'cscfg', configuration);
	const file = parseFile('/s/ServiceDefinition.csdef', 'csdef', definition);
	const found = diagnose(file, serviceOf([file, configurationFile]));
	const errors = found.filter(problem => problem.severity === 'error' && problem.layer !== 'rule');
	if (errors.length > 0) {
		throw new Error(`The sample is not right: ${errors[0]?.message}`);
	}
}

/** The mean over typing a line in the middle, most of which is not well-formed. */
function keystroke(text: string): number {
	const typed = '\n    <LocalStorage name="More" sizeInMB="100" />';
	const at = text.indexOf('</LocalResources>');
	const texts = Array.from(
		{ length: typed.length },
		(_, count) => text.slice(0, at) + typed.slice(0, count + 1) + text.slice(at),
	);
	return (
		median(() => {
			for (const each of texts) {
				const file = parseFile('/s/ServiceDefinition.csdef', 'csdef', each);
				diagnose(file, serviceOf([file]));
			}
		}) / texts.length
	);
}

/** xmllint reads the same file from disk; what starting it costs is taken off. */
function peer(definition: string): readonly Measured[] {
	const folder = mkdtempSync(path.join(tmpdir(), 'rolewright-bench-'));
	try {
		const big = path.join(folder, 'big.xml');
		const small = path.join(folder, 'small.xml');
		writeFileSync(big, definition);
		writeFileSync(small, '<a/>');
		if (spawnSync('xmllint', ['--noout', small]).status !== 0) {
			console.log('xmllint is not installed, so there is no peer to compare with.');
			return [];
		}
		const whole = median(() => spawnSync('xmllint', ['--noout', big]), 9, 2);
		const start = median(() => spawnSync('xmllint', ['--noout', small]), 9, 2);
		return [{ what: 'beside it: xmllint --noout of the same file, without its start', milliseconds: whole - start }];
	} finally {
		rmSync(folder, { recursive: true });
	}
}
