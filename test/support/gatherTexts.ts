// npm run texts
// Gathers the texts of the sources into l10n/bundle.l10n.json, puts those of the other languages into the same order
// without what is left over, and says what has still to be translated. `test/texts.test.ts` fails until that is done.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { localizedTexts, readTexts, root } from './texts';

const texts = [...new Set(localizedTexts().flatMap(({ text }) => text ?? []))].sort();
mkdirSync(path.join(root, 'l10n'), { recursive: true });
write('l10n/bundle.l10n.json', Object.fromEntries(texts.map(text => [text, text])));
for (const file of readdirSync(path.join(root, 'l10n')).filter(name => /^bundle\.l10n\.\w+\.json$/.test(name))) {
	complete(`l10n/${file}`, texts);
}
for (const file of readdirSync(root).filter(name => /^package\.nls\.\w+\.json$/.test(name))) {
	complete(file, Object.keys(readTexts('package.nls.json')));
}

function complete(file: string, keys: readonly string[]): void {
	const translated = readTexts(file);
	write(file, Object.fromEntries(keys.flatMap(key => (translated[key] === undefined ? [] : [[key, translated[key]]]))));
	for (const key of keys.filter(each => translated[each] === undefined)) {
		console.log(`${file} has no ${JSON.stringify(key)}`);
		process.exitCode = 1;
	}
}

function write(file: string, content: Readonly<Record<string, string>>): void {
	writeFileSync(path.join(root, file), `${JSON.stringify(content, undefined, '\t')}\n`);
}
