import assert from 'node:assert/strict';
import { callsOf, localizedTexts, manifestKeys, readTexts } from './support/texts';

/** The places of values in a text, each once: `{0}`, and what a link or a code fragment of a manifest text leads to. */
function placeholders(text: string): readonly string[] {
	const found = text.matchAll(/\{\d+\}|\]\((?:command:)?[^)\s]+\)|`[^`]+`/g);
	return [...new Set([...found].map(([mark]) => mark))].sort();
}

const pairs = [
	{ what: 'the sources', english: 'l10n/bundle.l10n.json', german: 'l10n/bundle.l10n.de.json' },
	{ what: 'the manifest', english: 'package.nls.json', german: 'package.nls.de.json' },
];

suite('texts in a language', () => {
	const gathered = localizedTexts();
	const texts = [...new Set(gathered.flatMap(({ text }) => text ?? []))].sort();

	test('every l10n.t begins with a plain literal, which alone can be gathered', () => {
		assert.ok(gathered.length > 400, 'the texts of the sources were not found');
		assert.deepEqual(
			gathered.filter(({ text }) => text === undefined).map(({ place }) => place),
			[],
		);
	});

	test('the bundle has every text of the sources and no other: `npm run texts` gathers them', () => {
		const bundle = readTexts('l10n/bundle.l10n.json');
		assert.deepEqual(Object.keys(bundle).sort(), texts);
		assert.deepEqual(
			Object.entries(bundle).filter(([key, text]) => key !== text),
			[],
		);
	});

	test('the manifest says nothing that is not in package.nls.json, and that has nothing else', () => {
		const keys = manifestKeys();
		assert.ok(keys.length > 100);
		assert.deepEqual(Object.keys(readTexts('package.nls.json')).sort(), [...keys].sort());
	});

	test('what a person reads of the manifest goes through a key', () => {
		assert.deepEqual(plainTexts(readTexts('package.json'), ''), []);
	});

	for (const { what, english, german } of pairs) {
		test(`German is complete for ${what}, with the same values, links and code, and has nothing left over`, () => {
			const source = readTexts(english);
			const translated = readTexts(german);
			assert.deepEqual(Object.keys(translated).sort(), Object.keys(source).sort());
			const changed = Object.entries(source).filter(
				([key, text]) => placeholders(text).join() !== placeholders(translated[key] ?? '').join(),
			);
			assert.deepEqual(changed, []);
			assert.deepEqual(
				Object.entries(translated).filter(([, text]) => text.trim() === ''),
				[],
			);
		});
	}
});

suite('messages', () => {
	for (const name of ['showErrorMessage', 'showWarningMessage', 'showInformationMessage']) {
		test(`every ${name} has a button: a next step`, () => {
			const calls = callsOf(name, 'src/extension');
			assert.ok(calls.length > 0);
			assert.deepEqual(
				calls.filter(({ args }) => args.length < 2).map(({ file, line }) => `${file}:${line}`),
				[],
			);
		});
	}
});

/** The fields of a manifest that are shown to people; names of products and of languages are names in every language. */
const shown =
	/^(?:title|displayName|userDescription|description|markdownDescription|enumDescriptions|contents|contextualTitle|altText|label)$/;
const names = /^(?:Rolewright|Azure Service (?:Definition|Configuration))$/;

function plainTexts(value: unknown, field: string): readonly string[] {
	if (typeof value === 'string') {
		return shown.test(field) && !/^%.+%$/.test(value) && !names.test(value) ? [value] : [];
	}
	if (Array.isArray(value)) {
		return value.flatMap(each => plainTexts(each, field));
	}
	if (typeof value !== 'object' || value === null) {
		return [];
	}
	return Object.entries(value).flatMap(([key, each]) => (key === 'inputSchema' ? [] : plainTexts(each, key)));
}
