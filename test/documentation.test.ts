import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type DiskRow, diskPolicy } from '../src/lifecycle/disks/disks';

const docs = path.resolve(__dirname, '../docs');

/** The rows of `docs/disks.md` and the events of the fabric that they tell of. */
const rows: Readonly<Record<string, keyof typeof diskPolicy>> = {
	Recycle: 'recycle',
	'Reboot by portal or management': 'reboot',
	'Hard reboot': 'hardReboot',
	'Stop and start of the deployment': 'stopAndStart',
	'Update of the host system': 'hostOsUpdate',
	'Update of the guest system': 'guestOsUpdate',
	Reimage: 'reimage',
	'In-place update': 'update',
	'Another `vmsize`': 'sizeChange',
	'Power cycle of the host': 'powerCycle',
	'Healing on another host': 'heal',
	Rebuild: 'rebuild',
};

function pages(): readonly string[] {
	const below = readdirSync(path.join(docs, 'lifecycle')).map(file => `lifecycle/${file}`);
	return ['lifecycle.md', 'events.md', 'disks.md', ...below];
}

function read(page: string): string {
	return readFileSync(path.join(docs, page), 'utf8');
}

suite('the pages about the platform', () => {
	for (const page of pages()) {
		test(`${page}: has a title, its source, and links that lead to pages`, () => {
			const text = read(page);
			assert.match(text, /^# \S/);
			assert.match(text, /\n\*\*Source\.\*\* \S/);
			const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target ?? '');
			const lost = links.filter(target => !existsSync(path.join(docs, path.dirname(page), target)));
			assert.deepEqual(lost, []);
		});
	}

	test('every link of every other page leads to a file of the project', () => {
		const root = path.dirname(docs);
		const below = (folder: string) =>
			readdirSync(path.join(root, folder)).flatMap(file => (file.endsWith('.md') ? [path.join(folder, file)] : []));
		const lost = ['', 'docs', path.join('docs', 'problems')].flatMap(below).flatMap(page => {
			const text = readFileSync(path.join(root, page), 'utf8');
			const targets = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, target]) => target ?? '');
			return targets
				.filter(target => !/^(https?|command):/.test(target))
				.filter(target => !existsSync(path.resolve(root, path.dirname(page), target)))
				.map(target => `${page}: ${target}`);
		});
		assert.deepEqual(lost, []);
	});

	test('the pages name commands as the editor does', () => {
		const root = path.dirname(docs);
		const texts: Readonly<Record<string, string>> = JSON.parse(
			readFileSync(path.join(root, 'package.nls.json'), 'utf8'),
		);
		const titles = new Set(Object.entries(texts).flatMap(([key, text]) => (key.startsWith('command.') ? [text] : [])));
		const named = ['README.md', 'docs/extension.md', ...pages().map(page => `docs/${page}`)].flatMap(page =>
			[...readFileSync(path.join(root, page), 'utf8').matchAll(/\*\*Rolewright: ([^*]+)\*\*/g)].map(
				([, name]) => name ?? '',
			),
		);
		assert.ok(named.length > 3);
		assert.deepEqual(
			named.filter(name => !titles.has(name)),
			[],
		);
	});

	test('the table of the disks says what the fabric does', () => {
		const found = [...read('disks.md').matchAll(/^\| (.+?) \| (\S+) \| (\S+) \| (kept|rebuilt) \| [^|]+ \|$/gm)];
		const told = found.map(([, title = '', local, windows, application]) => [
			rows[title] ?? title,
			...[local, windows, application].map(cell => cell?.replaceAll('*', '')),
		]);
		const done = Object.entries(diskPolicy)
			.filter(([event]) => event !== 'provision')
			.map(([event, { local, windows, application }]: [string, DiskRow]) => [event, local, windows, application]);
		assert.deepEqual(told.sort(), done.sort());
	});

	test('each rule that restarts an instance leads on to the story that it is a part of', () => {
		const alone = pages().filter(page => page.startsWith('lifecycle/') && !read(page).includes('](../'));
		assert.deepEqual(alone, []);
	});
});
