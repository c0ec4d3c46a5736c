import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import { Failure } from '../../src/base/failure';
import { type RolewrightFile, readRolewrightFile } from '../../src/runner/rolewrightFile';

const schema = JSON.parse(readFileSync(path.join(__dirname, '../../schemas/rolewright.schema.json'), 'utf8'));
const validate = new Ajv({ strict: false }).compile(schema);

function reads(text: string, expected: Partial<RolewrightFile>): void {
	assert.deepEqual(readRolewrightFile('rolewright.json', text), { roles: {}, severity: {}, ...expected });
}

/** What the reader refuses, the schema refuses too. */
function refuses(content: unknown, message: string): void {
	assert.throws(() => readRolewrightFile('rolewright.json', JSON.stringify(content)), new Failure(message));
	assert.equal(validate(content), false, 'the schema takes it');
}

suite('rolewright.json', () => {
	test('may say nothing', () => reads('{}', {}));

	test('says how roles are built and run, the platform, and how severe a problem is', () => {
		const content = {
			$schema: './schemas/rolewright.schema.json',
			roles: {
				Worker: { project: '../Worker/Worker.csproj', environment: { EMPTY: '' }, runtime: 'mono' },
				Site: { code: 'dist', build: 'npm run build', run: 'node server.js', host: 'program', site: 'node site.js' },
				Sites: { site: { Web: 'node web.js', 'Web/shop': 'go run .' } },
				Tasks: { tasks: { 'a.cmd > "x"': 'skip', 'b.cmd': 'fail', 'c.cmd': { run: 'sh c.sh' } }, channel: 'fifo' },
				Secure: {
					certificates: {
						Ssl: { file: 'a.pfx', passwordVariable: 'P' },
						Other: { file: 'c.pem', key: 'k.pem', password: '' },
					},
				},
				Golden: { run: 'adapter', images: [{ file: 'base.vhd', sizeInGB: 30 }, { file: 'may.vhd' }] },
			},
			platform: 'extended',
			azurite: 'off',
			accessControls: { clients: { '127.0.0.2': '203.0.113.7' } },
			severity: { unknownSetting: 'off', missingSetting: 'warning' },
		};
		assert.equal(validate(content), true);
		const { $schema, ...rest } = content;
		assert.deepEqual(readRolewrightFile('rolewright.json', JSON.stringify(content)), rest);
	});

	test('may hold comments and commas before a bracket', () => {
		reads(
			`\uFEFF{ // the platform
				/* of */ "platform": "classic",
				"roles": { "A": { "run": "node \\"a // b\\".js", "environment": { "X": ",}", }, }, },
			}`,
			{ platform: 'classic', roles: { A: { run: 'node "a // b".js', environment: { X: ',}' } } } },
		);
	});

	test('says in short what it says at length', () => {
		reads('{"accessControls": true}', { accessControls: { clients: {} } });
		reads('{"accessControls": false}', {});
		reads('{"accessControls": {}}', { accessControls: { clients: {} } });
		reads('{"roles": {"A": {"certificates": {"Ssl": "a.pfx"}}}}', {
			roles: { A: { certificates: { Ssl: { file: 'a.pfx' } } } },
		});
	});

	test('names the line of what is no JSON', () => {
		const readBroken = (text: string) => () => readRolewrightFile('rolewright.json', text);
		assert.throws(readBroken('{\n// comment\n"a" 1}'), /^Failure: rolewright\.json, line 3, is no JSON: correct it \(/);
		assert.throws(readBroken('{\n"a":'), /^Failure: rolewright\.json, line 2, is no JSON: correct it \(/);
	});

	test('refuses what it does not know', () => {
		refuses([], 'rolewright.json: The file must be an object.');
		refuses(
			{ role: {} },
			"rolewright.json: The file has no property 'role'; the properties are $schema, roles, platform, severity, azurite, secrets, accessControls.",
		);
		refuses({ platform: 'arm' }, `rolewright.json: 'platform' must be one of "classic", "extended".`);
		refuses(
			{ severity: { missingSetting: 'none' } },
			`rolewright.json: 'severity.missingSetting' must be one of "error", "warning", "information", "hint", "off".`,
		);
		refuses({ roles: { A: 'x' } }, "rolewright.json: 'roles.A' must be an object.");
		refuses({ roles: { A: { code: 1 } } }, "rolewright.json: 'roles.A.code' must be a text.");
		refuses(
			{ roles: { A: { build: ' ' } } },
			"rolewright.json: 'roles.A.build' is empty; write a value, or leave it out.",
		);
		refuses(
			{ roles: { A: { site: '' } } },
			"rolewright.json: 'roles.A.site' is empty; write a value, or leave it out.",
		);
		refuses({ roles: { A: { site: { Web: 1 } } } }, "rolewright.json: 'roles.A.site.Web' must be a text.");
		refuses(
			{ roles: { A: { site: 1 } } },
			"rolewright.json: 'roles.A.site' must be a command line, or command lines by the names of the sites.",
		);
		refuses({ roles: { A: { host: 'node' } } }, `rolewright.json: 'roles.A.host' must be one of "program", "module".`);
		refuses(
			{ roles: { A: { runtime: 'net48' } } },
			`rolewright.json: 'roles.A.runtime' must be one of "dotnet", "mono", "framework".`,
		);
		refuses(
			{ roles: { A: { tasks: { 'a.cmd': 'ignore' } } } },
			`rolewright.json: 'roles.A.tasks.a.cmd' must be "skip", "fail" or {"run": "COMMAND"}.`,
		);
		refuses({ roles: { A: { tasks: { 'a.cmd': {} } } } }, "rolewright.json: 'roles.A.tasks.a.cmd.run' must be a text.");
		refuses(
			{ roles: { A: { images: [] } } },
			"rolewright.json: 'roles.A.images' must be a list of disk images, the base first.",
		);
		refuses(
			{ roles: { A: { images: [{ file: 'a.vhd', sizeInGB: 0 }] } } },
			"rolewright.json: 'roles.A.images.0.sizeInGB' must be a number above 0.",
		);
		refuses(
			{ accessControls: { clients: { '10.0.0.1': '203.0.113.7' } } },
			"rolewright.json: 'accessControls.clients' has '10.0.0.1', which is no loopback address: write 127.0.0.2 or another of 127.0.0.0/8.",
		);
		refuses(
			{ accessControls: { clients: { '127.0.0.2': 'office' } } },
			"rolewright.json: 'accessControls.clients.127.0.0.2' must be an address of IPv4, such as 203.0.113.7.",
		);
		refuses({ accessControls: 1 }, "rolewright.json: 'accessControls' must be an object.");
		refuses(
			{ roles: { A: { certificates: { Ssl: { key: 'k.pem' } } } } },
			"rolewright.json: 'roles.A.certificates.Ssl.file' must be a text.",
		);
		refuses({ roles: { A: { environment: { X: 1 } } } }, "rolewright.json: 'roles.A.environment.X' must be a text.");
		refuses(
			{ roles: { A: { runner: 'node' } } },
			"rolewright.json: 'roles.A' has no property 'runner'; the properties are code, project, build, run, environment, host, runtime, site, tasks, channel, images, certificates.",
		);
		refuses(
			{ roles: { A: { project: 'a.csproj', code: 'bin' } } },
			"rolewright.json: 'roles.A' names a 'project', which is built as it is; leave out 'code' and 'build', or the project.",
		);
	});
});
