import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Format } from '../src/schema/catalog';
import { timed } from './measure';
import { relaxNg } from './relaxng';

/**
 * What libxml2 takes to parse and validate a text against the same schema as RELAX NG: xmllint reads it from disk, and
 * what starting it and reading the schema costs is taken off. `undefined` where xmllint is not installed.
 */
export function timeXmllint(text: string, format: Format): ReturnType<typeof timed> | undefined {
	const folder = mkdtempSync(path.join(tmpdir(), 'rolewright-bench-'));
	try {
		const [schema, big, small] = ['schema.rng', 'big.xml', 'small.xml'].map(name => path.join(folder, name));
		if (!schema || !big || !small) {
			return undefined;
		}
		writeFileSync(schema, relaxNg(format));
		writeFileSync(big, text);
		writeFileSync(small, '<a/>');
		const check = (file: string) => spawnSync('xmllint', ['--noout', '--relaxng', schema, file], { encoding: 'utf8' });
		const { status, stderr } = check(big);
		if (status === null) {
			console.log('xmllint is not installed, so there is no peer to compare with.');
			return undefined;
		}
		if (status !== 0) {
			throw new Error(`The sample is not right for the peer: ${stderr}`);
		}
		const whole = timed(() => check(big));
		const start = timed(() => check(small));
		return { milliseconds: whole.milliseconds - start.milliseconds, fastest: whole.fastest - start.fastest };
	} finally {
		rmSync(folder, { recursive: true });
	}
}
