import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { complete } from '../src/language/completion';
import { diagnose } from '../src/language/diagnostics';
import { type ParsedFile, parseFile, serviceOf } from '../src/language/documents';
import { checkService } from '../src/model/rules';
import { validateSchema } from '../src/schema/validation';
import { parse } from '../src/xml/parser';
import { digits, type Measured, once, timed } from './measure';
import { bigService } from './sample';

/**
 * Parsing and diagnostics of a definition of 1 MB with its configuration (more than 600 roles), and of a usual file after
 * each keystroke; beside them xmllint. `models` is the folder of the usual service.
 */
export function measureLanguage(models: string): readonly Measured[] {
	const usual = readFileSync(path.join(models, 'ServiceDefinition.csdef'), 'utf8');
	const usualConfiguration = readFileSync(path.join(models, 'ServiceConfiguration.Cloud.cscfg'), 'utf8');
	const first = once(() => diagnoseBoth(usual, parseConfiguration(usualConfiguration)));

	const { definition, configuration } = bigService(1_000_000);
	const configured = parseConfiguration(configuration);
	const file = parseDefinition(definition);
	const everything = timed(() => diagnoseDefinition(definition, configured));
	const xmllint = timeXmllint(definition);
	return [
		{ what: 'the very first diagnostics of a usual service', milliseconds: first, bound: 100 },
		{ what: '1 MB definition: parse and full diagnostics', ...everything, bound: 60 },
		...(xmllint
			? [
					{
						what: `  peer: xmllint --noout of the same file, without its start (we take ${digits(everything.fastest / xmllint.fastest)} times as long)`,
						...xmllint,
					},
				]
			: []),
		{ what: '  of this: parse', ...timed(() => parse(definition)) },
		{ what: '  of this: schema', ...timed(() => validateSchema(file.document, 'csdef')) },
		{ what: '  of this: rules', ...timed(() => checkService(serviceOf([file, configured]))) },
		{
			what: '1 MB definition and its configuration: diagnostics of both files',
			...timed(() => diagnoseBoth(definition, configured)),
		},
		{
			what: '1 MB definition: completion of an element just typed, parse included',
			...timed(() => completeElement(definition, configured)),
			bound: 50,
		},
		{ what: 'a keystroke in a usual file: parse and full diagnostics', ...keystroke(usual), bound: 2 },
	];
}

function parseDefinition(text: string): ParsedFile {
	return parseFile('/s/ServiceDefinition.csdef', 'csdef', text);
}

function parseConfiguration(text: string): ParsedFile {
	return parseFile('/s/ServiceConfiguration.cscfg', 'cscfg', text);
}

/** As after a change in the definition: the configuration is parsed already, but checked against the new definition. */
function diagnoseDefinition(definition: string, configuration: ParsedFile): void {
	const file = parseDefinition(definition);
	const found = diagnose(file, serviceOf([file, configuration]));
	const error = found.find(problem => problem.severity === 'error' && problem.layer !== 'rule');
	if (error) {
		throw new Error(`The sample is not right: ${error.message}`);
	}
}

function diagnoseBoth(definition: string, configuration: ParsedFile): void {
	const file = parseDefinition(definition);
	const service = serviceOf([file, configuration]);
	diagnose(file, service);
	diagnose(configuration, service);
}

function completeElement(definition: string, configuration: ParsedFile): void {
	const at = definition.indexOf('</Endpoints>', definition.length >> 1);
	const file = parseDefinition(`${definition.slice(0, at)}<${definition.slice(at)}`);
	const proposed = complete(file, serviceOf([file, configuration]), at + 1);
	if (!proposed.some(({ label }) => label === 'InputEndpoint')) {
		throw new Error('An endpoint was not proposed where one can stand.');
	}
}

/** The mean over typing a line in the middle, most of which is not well-formed. */
function keystroke(text: string): Pick<Measured, 'milliseconds' | 'fastest'> {
	const typed = '\n    <LocalStorage name="More" sizeInMB="100" />';
	const at = text.indexOf('</LocalResources>');
	const files = Array.from(
		{ length: typed.length },
		(_, count) => text.slice(0, at) + typed.slice(0, count + 1) + text.slice(at),
	);
	const { milliseconds, fastest } = timed(() => {
		for (const each of files) {
			const file = parseDefinition(each);
			diagnose(file, serviceOf([file]));
		}
	});
	return { milliseconds: milliseconds / files.length, fastest: fastest / files.length };
}

/** xmllint reads the same file from disk; what starting it costs is taken off. `undefined` where it is not installed. */
function timeXmllint(definition: string): ReturnType<typeof timed> | undefined {
	const folder = mkdtempSync(path.join(tmpdir(), 'rolewright-bench-'));
	try {
		const big = path.join(folder, 'big.xml');
		const small = path.join(folder, 'small.xml');
		writeFileSync(big, definition);
		writeFileSync(small, '<a/>');
		if (spawnSync('xmllint', ['--noout', small]).status !== 0) {
			console.log('xmllint is not installed, so there is no peer to compare with.');
			return undefined;
		}
		const whole = timed(() => spawnSync('xmllint', ['--noout', big]));
		const start = timed(() => spawnSync('xmllint', ['--noout', small]));
		return { milliseconds: whole.milliseconds - start.milliseconds, fastest: whole.fastest - start.fastest };
	} finally {
		rmSync(folder, { recursive: true });
	}
}
