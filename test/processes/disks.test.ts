import assert from 'node:assert/strict';
import {
	existsSync,
	lstatSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	realpathSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Failure } from '../../src/base/failure';
import type { DiskRequest } from '../../src/lifecycle/disks/worldDisks';
import { instanceDisks } from '../../src/node/disks/disks';

suite('the disks of an instance', () => {
	let base: string;
	let state: string;
	let code: string;

	setup(() => {
		base = realpathSync(mkdtempSync(path.join(tmpdir(), 'rolewright-disks-')));
		state = path.join(base, 'state');
		code = path.join(base, 'code');
		write('code/worker.js', 'one');
		write('tick', '');
	});
	teardown(() => rmSync(base, { recursive: true, force: true }));

	function write(file: string, text: string): void {
		mkdirSync(path.dirname(path.join(base, file)), { recursive: true });
		writeFileSync(path.join(base, file), text);
	}

	/** File systems date changes by a clock of a few milliseconds; no role starts within one tick of it. */
	function aTickLater(): void {
		for (const since = Date.now(); Math.floor(statSync(path.join(base, 'tick')).ctimeMs) <= since; ) {
			write('tick', '');
		}
	}

	const at = (...names: string[]): string => path.join(state, 'Worker_IN_0', ...names);

	function request(effect: 'kept' | 'rebuilt', more: Partial<DiskRequest> = {}): DiskRequest {
		return {
			instance: 'Worker_IN_0',
			folders: {
				root: at(),
				approot: at('approot'),
				resources: at('resources'),
				windows: at('windows'),
				temp: at('temp'),
				logs: at('logs'),
			},
			code,
			effects: { local: effect, windows: effect, application: effect },
			localResources: [
				{ name: 'Kept', path: at('resources', 'Kept') + path.sep, effect: 'kept' },
				{ name: 'Clean', path: at('resources', 'Clean') + path.sep, effect: 'emptied' },
			],
			...more,
		};
	}

	test('code is copied when it is deployed; a later build does not reach the copy', async () => {
		const disks = instanceDisks(state);
		const first = await disks.stage('Worker', code);
		write('code/worker.js', 'two');
		const second = await disks.stage('Worker', code);
		assert.deepEqual(
			[first, second].map(folder => readFileSync(path.join(folder, 'worker.js'), 'utf8')),
			['one', 'two'],
		);
		await disks.unstage(first);
		assert.deepEqual([existsSync(first), existsSync(second)], [false, true]);
	});

	test('what an earlier run has copied goes with the first copy of the next', async () => {
		const earlier = await instanceDisks(state).stage('Old', code);
		await instanceDisks(state).stage('Worker', code);
		assert.equal(existsSync(earlier), false);
	});

	test('a role whose name leads elsewhere is not copied, and nothing else is removed', async () => {
		await assert.rejects(instanceDisks(state).stage('../../../elsewhere', code), Failure);
		await assert.rejects(instanceDisks(state).unstage(code), Failure);
		assert.deepEqual([existsSync(path.join(base, 'elsewhere')), existsSync(code)], [false, true]);
	});

	test('what was on them is told: files that were written into approot too, where it is replaced', async () => {
		const disks = instanceDisks(state);
		const fresh = {
			...request('rebuilt'),
			effects: { local: 'kept', windows: 'kept', application: 'rebuilt' },
		} as const;
		assert.equal(await disks.prepare(fresh), undefined);
		aTickLater();
		write('state/Worker_IN_0/approot/log.txt', 'abc');
		write('state/Worker_IN_0/approot/worker.js', 'changed');
		write('state/Worker_IN_0/logs/a', '12');
		write('state/Worker_IN_0/temp/sub/b', '3');
		write('state/Worker_IN_0/resources/Kept/c', '4567');
		const contents = await disks.prepare(fresh);
		assert.deepEqual(contents?.areas, [
			{ disk: 'local', files: 2, bytes: 3 },
			{ disk: 'windows', files: 0, bytes: 0 },
			{ disk: 'local', name: 'Kept', files: 1, bytes: 4 },
			{ disk: 'local', name: 'Clean', files: 0, bytes: 0 },
		]);
		assert.deepEqual(
			{ ...contents?.written, names: [...(contents?.written?.names ?? [])].sort() },
			{ files: 2, bytes: 10, names: ['log.txt', 'worker.js'] },
		);
	});

	test('what was written into approot is told where it is kept too, and only once it was written', async () => {
		const disks = instanceDisks(state);
		await disks.prepare(request('rebuilt', { sites: [{ from: code, to: at('sitesroot', '0') }] }));
		aTickLater();
		write('state/Worker_IN_0/approot/log.txt', 'abc');
		write('state/Worker_IN_0/sitesroot/0/upload.png', 'picture');
		const contents = await disks.prepare(request('kept', { sites: [{ from: code, to: at('sitesroot', '0') }] }));
		aTickLater();
		write('state/Worker_IN_0/approot/later.txt', 'after it was asked');
		const written = await contents?.writtenAndKept;
		assert.equal(contents?.written, undefined);
		assert.deepEqual(written, { files: 2, bytes: 10, names: ['log.txt', 'sitesroot/0/upload.png'] });
	});

	test('nothing of a fresh copy was written by the role', async () => {
		const disks = instanceDisks(state);
		for (let turn = 0; turn < 40; turn++) {
			await disks.prepare(request('rebuilt'));
			const contents = await disks.prepare(request('kept'));
			assert.deepEqual((await contents?.writtenAndKept)?.names, [], `turn ${turn}`);
		}
	});

	test("an SDK's assembly beside a .NET program is ours in the copy, and nowhere else there is any", async () => {
		const facades = path.join(base, 'facades');
		for (const place of ['code', 'code/web', 'facades']) {
			write(`${place}/Microsoft.WindowsAzure.ServiceRuntime.dll`, place);
		}
		write('code/web/Web.runtimeconfig.json', '{}');
		write('code/web/msshrtmi.dll', 'native');
		const folder = await instanceDisks(state, facades).stage('Worker', code);
		const copied = (name: string) => path.join(folder, name);
		assert.equal(readFileSync(copied('web/Microsoft.WindowsAzure.ServiceRuntime.dll'), 'utf8'), 'facades');
		assert.equal(existsSync(copied('Microsoft.WindowsAzure.ServiceRuntime.dll')), false);
		assert.equal(existsSync(copied('web/msshrtmi.dll')), false);
	});

	test('are made, kept and emptied as it is asked', async () => {
		const disks = instanceDisks(state);
		await disks.prepare(request('rebuilt'));
		for (const file of [
			'approot/made',
			'windows/made',
			'temp/made',
			'logs/made',
			'resources/Kept/made',
			'resources/Clean/made',
		]) {
			write(`state/Worker_IN_0/${file}`, '');
		}
		write('code/worker.js', 'two');
		await disks.prepare(request('kept'));
		assert.deepEqual(files(at()), [
			'approot/made',
			'approot/worker.js',
			'logs/made',
			'resources/Kept/made',
			'temp/made',
			'windows/made',
		]);
		assert.equal(readFileSync(at('approot', 'worker.js'), 'utf8'), 'one');
		await disks.prepare(request('rebuilt'));
		assert.deepEqual(files(at()), ['approot/worker.js']);
		assert.equal(readFileSync(at('approot', 'worker.js'), 'utf8'), 'two');
		await disks.remove('Worker_IN_0');
		assert.equal(existsSync(at()), false);
	});

	test('the copy is the role’s own, without the assemblies of the SDK', async () => {
		write('code/bin/Microsoft.WindowsAzure.ServiceRuntime.dll', '');
		write('code/bin/microsoft.windowsazure.diagnostics.DLL', '');
		write('code/msshrtmi.dll', '');
		write('code/.git/HEAD', '');
		write('code/bin/Worker.dll', '');
		await instanceDisks(state).prepare(request('rebuilt'));
		assert.deepEqual(files(at()), ['approot/bin/Worker.dll', 'approot/worker.js']);
		writeFileSync(at('approot', 'worker.js'), 'changed by the role');
		assert.equal(readFileSync(path.join(code, 'worker.js'), 'utf8'), 'one');
	});

	test('links inside the code stay, links out of it lead there still', async () => {
		write('shared/library.js', 'shared');
		symlinkSync('worker.js', path.join(code, 'inside.js'));
		symlinkSync('../shared', path.join(code, 'outside'));
		symlinkSync('nowhere', path.join(code, 'broken'));
		await instanceDisks(state).prepare(request('rebuilt'));
		assert.equal(realpathSync(at('approot', 'inside.js')), at('approot', 'worker.js'));
		assert.equal(readFileSync(at('approot', 'outside', 'library.js'), 'utf8'), 'shared');
		assert.equal(existsSync(at('approot', 'broken')), false);
	});

	test('a state folder inside the code is not copied into itself', async () => {
		state = path.join(code, '.state');
		await instanceDisks(state).prepare(request('rebuilt'));
		assert.deepEqual(files(at()), ['approot/worker.js']);
	});

	test('a link that a role has put in place of a folder is taken away, and nothing behind it', async () => {
		const disks = instanceDisks(state);
		await disks.prepare(request('rebuilt'));
		write('precious/file', 'mine');
		for (const place of [at('resources', 'Clean'), at('resources', 'Kept'), at('temp')]) {
			rmSync(place, { recursive: true });
			symlinkSync(path.join(base, 'precious'), place);
		}
		await disks.prepare(request('kept'));
		await disks.prepare(request('rebuilt'));
		assert.equal(readFileSync(path.join(base, 'precious', 'file'), 'utf8'), 'mine');
		assert.ok(lstatSync(at('resources', 'Clean')).isDirectory() && lstatSync(at('temp')).isDirectory());
	});

	const outside: Record<string, () => Partial<DiskRequest>> = {
		'an instance outside the state folder': () => ({
			folders: { ...request('kept').folders, root: path.join(base, 'precious') },
		}),
		'a disk outside the instance': () => ({
			folders: { ...request('kept').folders, temp: path.join(base, 'precious') },
		}),
		'a local resource outside its disk': () => ({
			localResources: [{ name: '../..', path: at('resources', '..', '..', '..', 'precious'), effect: 'emptied' }],
		}),
	};
	for (const [name, change] of Object.entries(outside)) {
		test(`${name} is refused`, async () => {
			write('precious/file', 'mine');
			await assert.rejects(instanceDisks(state).prepare(request('rebuilt', change())), (error: unknown) => {
				return error instanceof Failure && /lies outside/.test(error.message);
			});
			assert.equal(readFileSync(path.join(base, 'precious', 'file'), 'utf8'), 'mine');
		});
	}

	test('code that is not there is named', async () => {
		const missing = path.join(base, 'not-built');
		await assert.rejects(instanceDisks(state).prepare(request('rebuilt', { code: missing })), {
			name: 'Failure',
			message: `There is no folder '${missing}' with the role's code; build the role, then start it again.`,
		});
	});
});

function files(folder: string): string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter(entry => !entry.isDirectory())
		.map(entry => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
		.sort();
}
