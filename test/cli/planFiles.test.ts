import assert from 'node:assert/strict';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { applyPlan } from '../../src/cli/planFiles';
import { type CallFolder, callFolder } from '../support/cli';

suite('the files of a plan', () => {
	let folder: CallFolder;
	setup(() => {
		folder = callFolder();
	});
	teardown(() => folder.remove());

	const place = (name: string) => path.join(folder.path, name);

	test('are written all or none', () => {
		folder.write({ 'first.csdef': 'before' });
		mkdirSync(place('second.cscfg'));
		const created = [{ path: place('new/worker.js'), text: 'new' }];
		const edit = { edits: [], before: '', bytes: Buffer.from('after') };
		const changed = ['first.csdef', 'second.cscfg'].map(name => ({ path: place(name), ...edit }));
		assert.throws(() => applyPlan({ created, changed }), {
			name: 'Failure',
			message: /^'.*second\.cscfg' cannot be written \(EISDIR.*\), so nothing was changed: see to it that it can be/,
		});
		assert.equal(folder.read('first.csdef'), 'before');
		assert.equal(existsSync(place('new/worker.js')), false);
	});

	test('a file that came meanwhile stays as it is', () => {
		folder.write({ 'worker.js': 'theirs' });
		const created = ['other.js', 'worker.js'].map(name => ({ path: place(name), text: 'ours' }));
		assert.throws(() => applyPlan({ created, changed: [] }), { name: 'Failure', message: /EEXIST/ });
		assert.equal(folder.read('worker.js'), 'theirs');
		assert.equal(existsSync(place('other.js')), false);
	});

	test('a folder that cannot be made: one sentence, and nothing said to be created', async () => {
		folder.write({ file: '' });
		const { code, stdout, stderr } = await folder.call('new', 'service', 'Shop', '--folder', 'file/below');
		assert.deepEqual([code, stdout], [2, '']);
		assert.match(stderr, /^rolewright: '.*ServiceDefinition\.csdef' cannot be written \(ENOTDIR.*\n$/);
	});
});
