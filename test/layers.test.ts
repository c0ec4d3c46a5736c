import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '..');
const importLine = /(?:^|\n)\s*(?:import|export)\s[^;]*?from\s+'([^']+)'|\bimport\('([^']+)'\)|\brequire\('([^']+)'\)/g;

/** What may be imported from where beside the table: module to the one place that may name it. */
const reserved: Record<string, RegExp> = {
	vscode: /^extension\//,
	child_process: /^node\/processes\/processes\.ts$/,
	'node:child_process': /^node\/processes\/processes\.ts$/,
	ajv: /^schema\//,
};

suite('layers', () => {
	const table = layerTable();
	const files = sourceFiles();

	test('the table names every folder of src', () => {
		const folders = new Set(files.map(file => file.split('/')[0]));
		assert.deepEqual(
			[...folders].filter(folder => !table.has(folder ?? '')),
			[],
		);
	});

	test('imports follow the table', () => {
		assert.deepEqual(files.flatMap(violations), []);
	});

	function violations(file: string): string[] {
		const layer = file.split('/')[0] ?? '';
		return importsOf(file).flatMap(target => {
			if (!target.startsWith('.')) {
				const place = reserved[target];
				return place && !place.test(file) ? [`${file} imports ${target}`] : [];
			}
			const other = path.posix.join(path.posix.dirname(file), target).split('/')[0] ?? '';
			const allowed = other === layer || table.get(layer)?.has(other) || other === '..';
			const planOnly = layer === 'lifecycle' && other === 'model' && !file.startsWith('lifecycle/plan/');
			return allowed && !planOnly ? [] : [`${file} imports ${target}`];
		});
	}
});

function layerTable(): Map<string, Set<string>> {
	const text = readFileSync(path.join(root, 'ARCHITECTURE.md'), 'utf8').split('## Who may import whom')[1] ?? '';
	const rows = [...text.matchAll(/^\| `(\w+)` *\|([^|]*)\|$/gm)];
	assert.ok(rows.length > 5, 'the table was not found in ARCHITECTURE.md');
	return new Map(rows.map(([, folder, may]) => [folder ?? '', new Set(may?.match(/\w+/g) ?? [])]));
}

function sourceFiles(): string[] {
	return readdirSync(path.join(root, 'src'), { recursive: true, withFileTypes: true })
		.filter(entry => entry.isFile() && /\.(ts|mts|cts)$/.test(entry.name))
		.map(entry => path.relative(path.join(root, 'src'), path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
}

function importsOf(file: string): string[] {
	const text = readFileSync(path.join(root, 'src', file), 'utf8');
	return [...text.matchAll(importLine)].map(match => match[1] ?? match[2] ?? match[3] ?? '');
}
