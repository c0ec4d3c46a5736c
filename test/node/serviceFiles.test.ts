import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { watchFile } from '../../src/node/fileWatch';
import { filesBelow, findOnDisk, readText } from '../../src/node/serviceFiles';

suite('Files of a service', () => {
	let folder: string;
	setup(() => {
		folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'rolewright-files-')));
	});
	teardown(() => rmSync(folder, { recursive: true }));

	const place = (name: string) => path.join(folder, name);
	function write(name: string, content: string | Buffer = ''): void {
		mkdirSync(path.dirname(place(name)), { recursive: true });
		writeFileSync(place(name), content);
	}

	test('are not there below a file, or where the name is too long for any', () => {
		write('file');
		assert.equal(findOnDisk(place('file/below')), undefined);
		assert.equal(findOnDisk(place('x'.repeat(300))), undefined);
		assert.equal(findOnDisk(place('nul\0')), undefined);
	});

	test('are found nearest first, without what a build or a package manager has made', () => {
		for (const name of [
			'b/c/3.x',
			'b/2.x',
			'a/1.x',
			'0.x',
			'0.y',
			'bin/9.x',
			'a/obj/9.x',
			'a/node_modules/m/9.x',
			'a/csx/Debug/9.x',
			'a/local_package.csx/9.x',
			'.git/9.x',
		]) {
			write(name);
		}
		assert.deepEqual(
			filesBelow(folder, /\.x$/).map(file => path.relative(folder, file).replaceAll(path.sep, '/')),
			['0.x', 'a/1.x', 'b/2.x', 'b/c/3.x'],
		);
	});

	test('are found in another case, unless that leaves a choice', () => {
		write('Role/Role.csproj');
		assert.deepEqual(findOnDisk(place('ROLE/role.CSPROJ'))?.kind, 'file');
		assert.deepEqual(findOnDisk(place('role'))?.kind, 'folder');
		assert.equal(findOnDisk(place('Role/Other.csproj')), undefined);
	});

	const text = 'Grüße';
	const encoded: readonly (readonly [name: string, bytes: Buffer])[] = [
		['UTF-8', Buffer.from(text)],
		['UTF-8 with its mark', Buffer.from(`\uFEFF${text}`)],
		['UTF-16, little end first', Buffer.from(`\uFEFF${text}`, 'utf16le')],
		['UTF-16, big end first', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
	];
	for (const [name, bytes] of encoded) {
		test(`are read in ${name}`, () => {
			write('file', bytes);
			assert.equal(readText(place('file')), text);
		});
	}

	test('that cannot be read are said', () => {
		assert.throws(() => readText(place('gone')), {
			name: 'Failure',
			message: /gone' cannot be read \(ENOENT\): check that/,
		});
	});

	test('tell every new text, once', async () => {
		write('watched', 'first');
		const told: string[] = [];
		let wake = (): void => {};
		const watch = watchFile(place('watched'), changed => {
			told.push(changed);
			wake();
		});
		const next = () => new Promise<void>(resolve => (wake = resolve));
		for (const content of ['second', 'third']) {
			const changed = next();
			write('watched', `${content}, half`);
			write('other');
			write('watched', content);
			await changed;
		}
		watch.dispose();
		assert.deepEqual(told, ['second', 'third']);
	});

	test('tell nothing where the text stays the same', async () => {
		write('same', 'text');
		write('later', 'before');
		const told: string[] = [];
		const same = watchFile(place('same'), text => told.push(text));
		const later = new Promise<void>(resolve => {
			const watch = watchFile(place('later'), () => {
				watch.dispose();
				resolve();
			});
		});
		write('same', 'text');
		write('later', 'after');
		await later;
		same.dispose();
		assert.deepEqual(told, []);
	});
});
