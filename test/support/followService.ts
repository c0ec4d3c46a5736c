import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { diagnose } from '../../src/language/diagnostics';
import { Documents } from '../../src/language/documents';
import { namesOf } from '../../src/model/names';
import type { Change } from './textChanges';

const models = path.join(__dirname, '..', 'fixtures', 'models');

/** The service of the fixtures, by path. */
export function fixtureService(): Map<string, string> {
	const files = readdirSync(models).filter(file => /\.(csdef|cscfg)$/.test(file));
	return new Map(files.map(file => [`/s/${file}`, readFileSync(path.join(models, file), 'utf8')]));
}

/** What is said of the files: every problem with its places, and every name. Elements in a problem are told by their place. */
function said(documents: Documents, paths: readonly string[]): unknown {
	return paths.map(each => {
		const file = documents.file(each);
		const service = documents.serviceOf(each);
		assert.ok(file);
		const problems = diagnose(file, service, { today: '2026-01-01' }).map(
			({ code, severity, message, span, related }) => {
				return { code, severity, message, span, related };
			},
		);
		const names = namesOf(service).map(({ kind, name, role, use, path: at, span }) => {
			return [kind, name, role, use, at, span.start, span.end].join(' ');
		});
		return [each, problems, names];
	});
}

/** Changes the files of a service again and again; each time everything that is said of them is what a first look says. */
export function followService(texts: Map<string, string>, change: Change, times: number, next: () => number): void {
	const paths = [...texts.keys()];
	const documents = new Documents();
	for (const [each, text] of texts) {
		documents.set(each, text);
	}
	said(documents, paths);
	for (let round = 0; round < times; round++) {
		const changed = paths[Math.floor(next() * paths.length)] ?? '';
		texts.set(changed, change(texts.get(changed) ?? '', next));
		documents.set(changed, texts.get(changed) ?? '');
		const anew = new Documents();
		for (const [each, text] of texts) {
			anew.set(each, text);
		}
		assert.deepEqual(said(documents, paths), said(anew, paths));
	}
}
