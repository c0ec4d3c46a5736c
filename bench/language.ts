import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { complete } from '../src/language/completion';
import { diagnose } from '../src/language/diagnostics';
import { Documents, type ParsedFile, parseFile, serviceOf } from '../src/language/documents';
import { hover } from '../src/language/hover';
import { checkService } from '../src/model/rules';
import { validateSchema } from '../src/schema/validation';
import { parse } from '../src/xml/parser';
import { corpus, corpusFiles } from '../test/support/corpus';
import { timeXmllint } from './libxml';
import { digits, type Measured, once, percentile95, timed } from './measure';
import { bigService } from './sample';

/**
 * Diagnostics, completion and hover in a definition of 1 MB with its configuration (more than 600 roles) after each
 * keystroke, a full pass over it beside xmllint, and all files of the corpus open. `models` is the folder of a usual service.
 */
export function measureLanguage(models: string): readonly Measured[] {
	const usual = readFileSync(path.join(models, 'ServiceDefinition.csdef'), 'utf8');
	const usualConfiguration = readFileSync(path.join(models, 'ServiceConfiguration.Cloud.cscfg'), 'utf8');
	const first = once(() => diagnoseBoth(usual, parseConfiguration(usualConfiguration)));
	return [
		{ what: 'the very first diagnostics of a usual service', milliseconds: first, bound: 100 },
		...fullPass(),
		...keystrokes(),
		{ what: 'a keystroke in a usual file: parse and full diagnostics', ...keystroke(usual), bound: 2 },
		...corpusInMemory(),
	];
}

const definitionPath = '/s/ServiceDefinition.csdef';
const configurationPath = '/s/ServiceConfiguration.cscfg';

function fullPass(): readonly Measured[] {
	const { definition, configuration } = bigService(1_000_000);
	const configured = parseConfiguration(configuration);
	const file = parseDefinition(definition);
	const everything = timed(() => diagnoseDefinition(definition, configured));
	const peer = timeXmllint(definition, 'csdef');
	const times = peer ? ` (we take ${digits(everything.fastest / peer.fastest)} times as long)` : '';
	return [
		{
			what: '1 MB definition, opened: parse and full diagnostics, all rules included',
			...everything,
			...(peer && { bound: 2 * peer.milliseconds }),
		},
		...(peer
			? [{ what: `  peer: xmllint --relaxng, parse and validate the same file, without its start${times}`, ...peer }]
			: []),
		{ what: '  of this: parse', ...timed(() => parse(definition)) },
		{ what: '  of this: parse and schema', ...timed(() => validateSchema(parse(definition), 'csdef')) },
		{
			what: '  of this: rules, where everything is known to be right',
			...timed(() => checkService(serviceOf([file, configured]))),
		},
	];
}

/** Every keystroke is a new text for the documents, as from an editor; half of the texts are not well-formed. */
function keystrokes(): readonly Measured[] {
	const { definition, configuration } = bigService(1_000_000);
	const documents = new Documents();
	documents.set(definitionPath, definition);
	documents.set(configurationPath, configuration);
	const now = () => ({ file: fileIn(documents, definitionPath), service: documents.serviceOf(definitionPath) });
	const typed = '<InputEndpoint name="More" protocol="tcp" port="9" />\n      ';
	const at = definition.indexOf('<InputEndpoint', definition.length >> 1);
	// An editor hands over a text in one piece: putting it together is not ours.
	const texts = Array.from(typed, (_, count) =>
		inOnePiece(definition.slice(0, at) + typed.slice(0, count) + definition.slice(at)),
	);
	const all = percentile95(run => {
		documents.set(definitionPath, texts[run % texts.length] ?? '');
		const { file, service } = now();
		return diagnose(file, service);
	});
	documents.set(definitionPath, `${definition.slice(0, at)}<${definition.slice(at)}`);
	const { file, service } = now();
	const proposals = percentile95(() => complete(file, service, at + 1));
	const values = percentile95(run => complete(file, service, valueBefore(definition, at - run * 5000)));
	const hovers = percentile95(run => hover(file, service, (run * 4999) % definition.length));
	const anew = percentile95(run => {
		documents.set(definitionPath, `${definition.slice(0, at)}<${' '.repeat(run % 9)}${definition.slice(at)}`);
		const state = now();
		return complete(state.file, state.service, at + 1);
	});
	return [
		{ what: '1 MB definition: full diagnostics after a keystroke, 95th percentile', ...all, bound: 16 },
		{ what: '1 MB definition: completion of an element, 95th percentile', ...proposals, bound: 1 },
		{ what: '1 MB definition: completion of a value, 95th percentile', ...values, bound: 1 },
		{ what: '1 MB definition: hover, 95th percentile', ...hovers, bound: 1 },
		{ what: '  completion with the parse of the keystroke before it, 95th percentile', ...anew },
	];
}

function inOnePiece(text: string): string {
	text.charCodeAt(0);
	return text;
}

function valueBefore(text: string, at: number): number {
	return text.lastIndexOf('="', at) + 2;
}

/** What all files of the corpus take when they are open, with their problems. */
function corpusInMemory(): readonly Measured[] {
	if (corpus === undefined) {
		return [];
	}
	const before = heap();
	const documents = new Documents();
	const files = corpusFiles();
	for (const file of files) {
		documents.set(file, readFileSync(path.join(corpus, file), 'utf8'));
	}
	const problems = files.map(file => diagnose(fileIn(documents, file), documents.serviceOf(file)));
	const megabytes = (heap() - before) / 1024 / 1024;
	const what = `memory for the ${files.length} files of the corpus, open with their ${problems.flat().length} problems`;
	return [{ what, milliseconds: megabytes, bound: 150, unit: 'MB' }];
}

/** The bytes that are really held: what is only waiting to be collected is collected first. */
function heap(): number {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc') as () => void;
	collect();
	return process.memoryUsage().heapUsed;
}

function fileIn(documents: Documents, file: string): ParsedFile {
	const found = documents.file(file);
	if (!found) {
		throw new Error(`${file} is no file of ours.`);
	}
	return found;
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
