import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type DiagnoseOptions, diagnose } from '../../src/language/diagnostics';
import { Documents } from '../../src/language/documents';
import { corpus, corpusFiles, corpusSuite } from '../support/corpus';
import { fixtureService, followService } from '../support/followService';
import { definitionText } from '../support/services';
import { anyChange, keystroke, random } from '../support/textChanges';

suite('problems after changes', () => {
	const role = (name: string, inside: string) => `<WorkerRole name="${name}" vmsize="Small">${inside}</WorkerRole>`;
	const csdef = (version: string) =>
		definitionText(role('A', '<Imports><Import moduleName="Diagnostics"/></Imports>') + role('B', '')).replace(
			'name="Shop"',
			`name="Shop" schemaVersion="${version}"`,
		);

	/** The codes of the problems of a definition. */
	const codes = (documents: Documents, options: DiagnoseOptions = {}) => {
		const file = documents.file('/s/S.csdef') ?? assert.fail();
		return diagnose(file, documents.serviceOf('/s/S.csdef'), options).map(({ code }) => code);
	};

	test('are judged again where the attributes of the root change', () => {
		const documents = new Documents();
		documents.set('/s/S.csdef', csdef('2013-10.2.2'));
		assert.deepEqual(codes(documents), ['legacyVmSize', 'legacyVmSize']);
		documents.set('/s/S.csdef', csdef('2015-04.2.6'));
		assert.deepEqual(codes(documents), ['legacyVmSize', 'diagnosticsImport', 'legacyVmSize']);
	});
	test('are judged again where the platform is another one', () => {
		const documents = new Documents();
		documents.set('/s/S.csdef', csdef('2013-10.2.2'));
		assert.deepEqual(codes(documents, { platform: 'classic' }), []);
		assert.deepEqual(codes(documents), ['legacyVmSize', 'legacyVmSize']);
		assert.deepEqual(codes(documents, { platform: 'classic' }), []);
	});
	test('keep what is known of the roles that did not change', () => {
		const documents = new Documents();
		documents.set('/s/S.csdef', csdef('2013-10.2.2'));
		const [, last] = documents.serviceOf('/s/S.csdef').definition?.roles ?? [];
		documents.set('/s/S.csdef', csdef('2013-10.2.2').replace('"Diagnostics"', '"Diagnostic"'));
		assert.equal(documents.serviceOf('/s/S.csdef').definition?.roles[1], last);
		const text = documents.file('/s/S.csdef')?.document.text ?? '';
		assert.equal(text.slice(last?.name?.start, last?.name?.end), 'B');
	});

	for (const [what, change] of [
		['keystrokes', keystroke],
		['whatever may happen', anyChange],
	] as const) {
		test(`are those of a look at everything, after ${what}`, () => {
			const next = random(4);
			for (let round = 0; round < 2; round++) {
				followService(fixtureService(), change, 8, next);
			}
		});
	}
});

corpusSuite('problems after changes in the corpus', () => {
	test('are those of a look at everything', function () {
		this.timeout(60_000);
		const next = random(5);
		const folders = [...new Set(corpusFiles().map(file => path.dirname(file)))].filter((_, index) => index % 70 === 0);
		for (const folder of folders) {
			const files = corpusFiles().filter(file => path.dirname(file) === folder);
			const texts = files.map(file => [file, readFileSync(path.join(corpus ?? '', file), 'utf8')] as const);
			followService(new Map(texts), keystroke, 4, next);
		}
	});
});
