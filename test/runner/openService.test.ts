import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { errorsBeforeRun } from '../../src/runner/checkBeforeRun';
import { chooseConfiguration, openService } from '../../src/runner/openService';

const definition =
	'<ServiceDefinition name="S"><WorkerRole name="W"><ConfigurationSettings><Setting name="A"/></ConfigurationSettings></WorkerRole></ServiceDefinition>';
const configuration =
	'<ServiceConfiguration serviceName="S"><Role name="W"><Instances count="1"/><ConfigurationSettings><Setting name="A" value="1"/></ConfigurationSettings></Role></ServiceConfiguration>';
const transform = '<ServiceConfiguration xmlns:xdt="http://schemas.microsoft.com/XML-Document-Transform"/>';

suite('A service on disk', () => {
	let folder: string;
	setup(() => {
		folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'rolewright-open-')));
	});
	teardown(() => rmSync(folder, { recursive: true }));

	/** Writes files: a definition, configurations and projects get a text that fits, unless one is given. */
	function files(...entries: readonly (string | readonly [name: string, text: string])[]): void {
		for (const entry of entries) {
			const [name, given] = typeof entry === 'string' ? [entry, undefined] : entry;
			const file = path.join(folder, name);
			mkdirSync(path.dirname(file), { recursive: true });
			writeFileSync(
				file,
				given ?? (name.endsWith('.csdef') ? definition : name.endsWith('.cscfg') ? configuration : ''),
			);
		}
	}

	function opens(from: string, expected: { definition: string; configurations: readonly string[] }): void {
		const service = openService(path.join(folder, from));
		const relative = (file: string) => path.relative(folder, file).replaceAll(path.sep, '/');
		assert.deepEqual(
			{
				definition: relative(service.definition.path),
				configurations: service.configurations.map(one => relative(one.path)).sort(),
			},
			expected,
		);
	}

	function fails(work: () => unknown, message: string): void {
		assert.throws(work, (error: Error) => {
			assert.equal(
				error.message
					.replaceAll(folder + path.sep, '')
					.replaceAll(folder, '.')
					.replaceAll(path.sep, '/'),
				message,
			);
			return error.name === 'Failure';
		});
	}

	const whole = { definition: 'S.csdef', configurations: ['S.Cloud.cscfg', 'S.Local.cscfg'] };

	test('is a folder with one definition, or the definition', () => {
		files('S.csdef', 'S.Local.cscfg', 'S.Cloud.cscfg', ['S.Release.cscfg', transform], 'bin/S.csdef', 'S.build.csdef');
		opens('.', whole);
		opens('S.csdef', whole);
	});

	test('is found below a folder', () => {
		files('cloud/S.csdef', 'cloud/S.Local.cscfg', 'node_modules/x/T.csdef');
		opens('.', { definition: 'cloud/S.csdef', configurations: ['cloud/S.Local.cscfg'] });
	});

	test('is a .ccproj with what it names, whatever the case', () => {
		const project =
			'<Project><ItemGroup><ServiceDefinition Include="Def\\S.CSDEF"/><ServiceConfiguration Include="Conf\\s.Local.cscfg"/></ItemGroup></Project>';
		files('Def/S.csdef', 'Conf/S.Local.cscfg', ['S.ccproj', project]);
		opens('S.ccproj', { definition: 'Def/S.csdef', configurations: ['Conf/S.Local.cscfg'] });
	});

	test('what is none is said', () => {
		files('a/S.csdef', 'b/S.csdef', 'c/readme.txt', [
			'd/S.ccproj',
			'<Project><ItemGroup><ServiceDefinition Include="Gone.csdef"/></ItemGroup></Project>',
		]);
		fails(
			() => openService(path.join(folder, 'gone')),
			"There is no file or folder 'gone': name a folder with a service definition, a .csdef or a .ccproj.",
		);
		fails(() => openService(folder), "There are several service definitions in '.': name one of a/S.csdef, b/S.csdef.");
		fails(
			() => openService(path.join(folder, 'c')),
			"There is no service definition (.csdef) in 'c': name the folder of one.",
		);
		fails(
			() => openService(path.join(folder, 'c/readme.txt')),
			"'c/readme.txt' is no service: name a folder with a service definition, a .csdef or a .ccproj.",
		);
		fails(
			() => openService(path.join(folder, 'd/S.ccproj')),
			"'d/S.ccproj' names the service definition 'd/Gone.csdef', but there is no such file.",
		);
	});

	test('its configuration is Local, else the only one, or the one that is named', () => {
		const chooses = (asked?: string) => path.basename(chooseConfiguration(openService(folder), asked).path);
		files('S.csdef', 'S.Cloud.cscfg');
		assert.equal(chooses(), 'S.Cloud.cscfg');
		files('S.Local.cscfg', 'other/T.cscfg');
		assert.equal(chooses(), 'S.Local.cscfg');
		assert.equal(chooses('cloud'), 'S.Cloud.cscfg');
		assert.equal(chooses('S.Cloud.cscfg'), 'S.Cloud.cscfg');
		assert.equal(chooses(path.join(folder, 'other/T.cscfg')), 'T.cscfg');
		fails(
			() => chooses('Staging'),
			"There is no configuration 'Staging': name one of S.Cloud.cscfg, S.Local.cscfg, T.cscfg, or a file.",
		);
	});

	test('without Local one of several has to be named', () => {
		files('S.csdef');
		fails(
			() => chooseConfiguration(openService(folder)),
			"The service has no configuration: add 'ServiceConfiguration.Local.cscfg'.",
		);
		files('S.Cloud.cscfg', 'S.Staging.cscfg');
		fails(
			() => chooseConfiguration(openService(folder)),
			"The service has no configuration 'Local': say with which to run it, one of S.Cloud.cscfg, S.Staging.cscfg.",
		);
	});

	test('is not run with an error in the files that are used', () => {
		files(
			'S.csdef',
			['S.Local.cscfg', configuration.replace('<Setting name="A" value="1"/>', '\n')],
			['S.Cloud.cscfg', '<Broken'],
		);
		const errors = (choices: string) => {
			files(['rolewright.json', choices]);
			const service = openService(folder);
			const found = errorsBeforeRun(service.definition, chooseConfiguration(service), service.rolewright);
			return found.map(({ file, line, code }) => `${path.basename(file)}:${line} ${code}`);
		};
		assert.deepEqual(errors('{}'), ['S.Local.cscfg:1 missingSetting']);
		assert.deepEqual(errors('{ "severity": { "missingSetting": "warning" } }'), []);
		// What only the cloud refuses keeps nothing from running here, unless the project says so.
		files(['S.Local.cscfg', configuration.replace('serviceName', 'osFamily="4" serviceName')]);
		assert.deepEqual(errors('{}'), []);
		assert.deepEqual(errors('{ "severity": { "retiredGuestOs": "error" } }'), ['S.Local.cscfg:1 retiredGuestOs']);
		files(['S.Local.cscfg', '<ServiceConfiguration serviceName="S">']);
		assert.ok(errors('{}').length > 0);
	});
});
