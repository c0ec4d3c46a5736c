import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { findMono } from '../../src/node/dotnet/mono';
import { onePackageFor, withWcf } from '../../src/node/dotnet/monoPackages';
import { preflight } from '../../src/node/dotnet/preflight';
import { files, type Life, openWorkshop, type Workshop, withoutSdk } from './dotnetRole';

const role = 'FrameworkRole';
const wcf = ['System.Runtime.Serialization', withWcf.assembly, withWcf.needs];
const web = ['System.Web'];
/** What the fixture needs of Mono beyond the smallest one. */
const pieces = [...wcf, ...web, 'mcs'];
const mono = findMono();
const lacking = mono ? pieces.filter(piece => !mono.has(piece)) : pieces;

suite('what only .NET Framework and Mono have', () => {
	let workshop: Workshop;

	suiteSetup(async function () {
		if (withoutSdk) {
			this.skip();
		}
		workshop = await openWorkshop();
		await workshop.built(role);
	});

	suiteTeardown(() => workshop?.close());

	const start = (behaviour: string, name: 'mono' | 'dotnet'): Promise<Life> =>
		workshop.start(role, behaviour, {
			entry: { kind: 'assembly', assembly: `${role}.dll`, runtime: { name, said: true } },
		});

	interface Work {
		readonly what: string;
		readonly behaviour: string;
		readonly traced: string;
		/** What of Mono it needs; nothing where the smallest Mono has it all. */
		readonly needs?: readonly string[];
	}

	const works: readonly Work[] = [
		{
			what: 'a WCF service that the code describes, and a client of it',
			behaviour: 'http',
			traced: 'http answers second 7',
			needs: wcf,
		},
		{
			what: 'a WCF service that app.config describes, and a client of it',
			behaviour: 'tcp',
			traced: 'net.tcp answers second 7',
			needs: wcf,
		},
		{
			what: 'an application domain of its own',
			behaviour: 'domain',
			traced: 'in plug-in, with a file of its own',
		},
		{ what: 'System.Web: the query of an address', behaviour: 'web', traced: 'query ä &lt;b&gt;', needs: web },
		{ what: 'System.Web: the cache', behaviour: 'web', traced: 'cache cached, context True', needs: web },
		{ what: 'app.config with configSource', behaviour: 'config', traced: 'setting from a file of its own' },
		{ what: 'app.config with a binding redirect', behaviour: 'redirect', traced: 'redirected to 4.0.0.0', needs: web },
		{
			what: 'Thread.Abort, BinaryFormatter and BeginInvoke',
			behaviour: 'legacy',
			traced: 'aborted, 3 numbers, 42',
		},
		{ what: 'a compiler at run time', behaviour: 'compile', traced: 'compiled 42', needs: ['mcs'] },
	];
	const isHere = ({ needs = [] }: Work): boolean => !needs.some(piece => lacking.includes(piece));

	suite('on Mono', () => {
		let lines: readonly string[];

		suiteSetup(async function () {
			if (!mono) {
				console.log('      Left out: Mono is not installed.');
				this.skip();
			}
			if (lacking.length > 0) {
				console.log(`      Left out in part: Mono lacks ${lacking.join(', ')}; on Debian install mono-complete.`);
			}
			const life = await start([...new Set(works.filter(isHere).map(each => each.behaviour))].join(' '), 'mono');
			await life.until(message => message.type === 'call' && message.call === 'OnStart' && message.phase === 'end');
			life.send({ type: 'stop', raiseStopping: true });
			lines = await life.ended();
		});

		for (const work of works) {
			test(work.what, function () {
				if (!isHere(work)) {
					this.skip();
				}
				assert.ok(lines.includes(`information: ${work.traced}`), lines.join('\n'));
			});
		}

		test('and the role ends in order, its service closed', () => {
			// Run is beside OnStop: where its lines stand is nobody's to say.
			const ending = lines.slice(lines.indexOf('OnStop begins')).filter(line => !line.startsWith('Run '));
			assert.deepEqual(
				ending,
				[
					'OnStop begins',
					...(lacking.includes(withWcf.assembly) ? [] : ['information: service closed: Closed']),
					'OnStop ends',
					'exited 0',
				],
				lines.join('\n'),
			);
		});

		test('which is what the pre-flight chooses', async () => {
			const { assembly } = await workshop.built(role);
			const whole = { command: 'mono', has: () => true };
			const { runtime, notes } = await preflight({
				assembly,
				table: files.frameworkParts,
				mono: whole,
				platform: 'linux',
			});
			assert.equal(runtime.name, 'mono');
			assert.deepEqual(notes, [
				"FrameworkRole uses WCF (System.ServiceModel), which .NET does not have, so the role runs on Mono; 'runtime' in rolewright.json can say otherwise.",
			]);
		});
	});

	test('what Mono lacks is named where it is met, with its package', async function () {
		if (!lacking.includes(withWcf.assembly) || !mono) {
			this.skip();
		}
		const lines = await (await start('http', 'mono')).ended();
		assert.match(
			lines.find(line => line.startsWith('fault ')) ?? lines.join('\n'),
			/System\.ServiceModel( \(asked for by FrameworkRole\))? is WCF, which Mono [\d.]+ does not have\. Install the library of Mono that holds it: the package libmono-system-servicemodel-web4\.0-cil on Debian/,
		);
	});

	test('one package has all of it, whatever of it is missing', async () => {
		const { assembly } = await workshop.built(role);
		const installed = async (has: (piece: string) => boolean): Promise<readonly string[]> => {
			const some = { command: 'mono', has: (piece: string) => !pieces.includes(piece) || has(piece) };
			const asked = { assembly, table: files.frameworkParts, platform: 'linux', mono: some } as const;
			const { runtime, notes } = await preflight(asked);
			const named = notes.flatMap(
				note => /install the package ([\w.-]+), and the role runs on Mono/.exec(note)?.[1] ?? [],
			);
			return [runtime.name, ...new Set(named)];
		};
		const onDebian = (name: string): string => (existsSync('/etc/debian_version') ? name : 'mono-complete');
		const cases: readonly (readonly [readonly string[], readonly string[]])[] = [
			[[], ['mono']],
			[['System.Web'], ['dotnet', onDebian('libmono-system-web4.0-cil')]],
			[['System.ServiceModel.Web'], ['dotnet', onDebian('libmono-system-servicemodel-web4.0-cil')]],
			[
				['System.ServiceModel', 'System.Runtime.Serialization', 'System.Web'],
				['dotnet', onDebian('libmono-system-servicemodel-web4.0-cil')],
			],
			[['mcs'], ['dotnet', onDebian('mono-mcs')]],
			[
				['mcs', 'System.Web'],
				['dotnet', 'mono-complete'],
			],
		];
		for (const [missing, expected] of cases) {
			assert.deepEqual(await installed(piece => !missing.includes(piece)), expected, missing.join());
		}
		assert.equal(onePackageFor([]), 'mono-runtime');
	});

	test('each of it fails on .NET with what is missing and where it is had', async () => {
		const fault = async (behaviour: string): Promise<string> => {
			const lines = await (await start(behaviour, 'dotnet')).ended();
			return lines.find(line => line.startsWith('fault ')) ?? lines.join('\n');
		};
		assert.match(
			await fault('http'),
			/System\.ServiceModel \(asked for by FrameworkRole\) is WCF, which \.NET [\d.]+ does not have\./,
		);
	});
});
