import assert from 'node:assert/strict';
import type { Change } from '../../src/compare/change';
import { impactOf } from '../../src/compare/impact';
import { linesOf, summaryOf } from '../../src/compare/impactText';
import { configured, role, value, web } from '../support/findings';
import { serviceFrom, type Texts } from '../support/services';

/** What a change of the files does to instances that run (role-lifecycle.md 6 and 7). */

function changes(before: Texts, after: Texts): readonly Change[] {
	return impactOf(serviceFrom(before).service, serviceFrom(after).service).changes;
}

/** `role: what -> effect`, and the instances that restart. */
function short({ role: of, what, effect, restarts }: Change): string {
	return `${of ?? '-'}: ${what} -> ${effect}${restarts.length > 0 ? ` ${restarts.join(' ')}` : ''}`;
}

const mill = (content = '', more = '') => role('Mill', content, more);
const both = '<ConfigurationSettings><Setting name="Speed"/><Setting name="ApiKey"/></ConfigurationSettings>';
const port = (number: number) => `<Endpoints><InputEndpoint name="In" protocol="tcp" port="${number}"/></Endpoints>`;
const store = (size: number, more = '') =>
	`<LocalResources><LocalStorage name="Cache" sizeInMB="${size}"${more}/></LocalResources>`;
const tasks = (...lines: string[]) =>
	`<Startup>${lines.map(line => `<Task commandLine="${line}"/>`).join('')}</Startup>`;
const certificate = (thumbprint: string) =>
	`<Certificates><Certificate name="Tls" thumbprint="${thumbprint}" thumbprintAlgorithm="sha1"/></Certificates>`;
const all = 'Mill_IN_0 Mill_IN_1';

suite('the impact of a changed definition', () => {
	const cases: readonly [what: string, before: string, after: string, ...expected: string[]][] = [
		[
			'nothing but blanks, comments and defaults',
			mill(store(1000)),
			`<!-- x -->\n${mill('<LocalResources><LocalStorage cleanOnRoleRecycle="1" name="Cache"/></LocalResources>')}`,
		],
		[
			'the size',
			mill('', ' vmsize="Small"'),
			mill('', ' vmsize="Large"'),
			`Mill: vmsize 'Small' becomes 'Large' -> losesLocalData ${all}`,
		],
		[
			'a port',
			mill(port(80)),
			mill(port(8080)),
			`Mill: input endpoint 'In': port '80' becomes '8080' -> restarts ${all}`,
		],
		['a new endpoint with its list', mill(), mill(port(80)), `Mill: input endpoint 'In' is added -> restarts ${all}`],
		[
			'more local storage',
			mill(store(10)),
			mill(store(20)),
			`Mill: local storage 'Cache': sizeInMB '10' becomes '20' -> restarts ${all}`,
		],
		[
			'less local storage',
			mill(store(20)),
			mill(store(10)),
			"Mill: local storage 'Cache': sizeInMB '20' becomes '10' -> needsSwap",
		],
		['no local storage', mill(store(20)), mill(), `Mill: local storage 'Cache' is removed -> restarts ${all}`],
		[
			'a startup task',
			mill(tasks('a.cmd')),
			mill(tasks('b.cmd')),
			`Mill: startup task 'b.cmd': commandLine 'a.cmd' becomes 'b.cmd' -> restarts ${all}`,
		],
		[
			'the order of startup tasks',
			mill(tasks('a.cmd', 'b.cmd')),
			mill(tasks('b.cmd', 'a.cmd')),
			`Mill: the startup tasks run in another order -> restarts ${all}`,
		],
		[
			'a new setting',
			mill(),
			mill('<ConfigurationSettings><Setting name="S"/></ConfigurationSettings>'),
			`Mill: setting 'S' is added -> restarts ${all}`,
		],
		[
			'a renamed role',
			mill(port(80)),
			role('Kiln', port(80)),
			"-: worker role 'Mill' is renamed to 'Kiln' -> forbidden",
		],
		[
			'another role',
			mill(port(80)),
			mill(port(80)) + role('Kiln'),
			`-: worker role 'Kiln' is added -> restarts ${all}`,
		],
		['a role less', mill() + role('Kiln'), mill(), `-: worker role 'Kiln' is removed -> restarts ${all}`],
	];
	for (const [what, before, after, ...expected] of cases) {
		test(what, () => {
			const Cloud = configured('Mill');
			assert.deepEqual(changes({ definition: before, Cloud }, { definition: after, Cloud }).map(short), expected);
		});
	}

	test('the number of upgrade domains', () => {
		const root = (more: string) => `<ServiceDefinition name="Shop"${more}>${mill()}</ServiceDefinition>`;
		const Cloud = configured('Mill');
		assert.deepEqual(
			changes(
				{ definition: root(' upgradeDomainCount="5"'), Cloud },
				{ definition: root(' upgradeDomainCount="3"'), Cloud },
			).map(short),
			["-: upgradeDomainCount '5' becomes '3' -> needsSwap"],
		);
		assert.deepEqual(
			changes({ definition: root(''), Cloud }, { definition: root(' upgradeDomainCount="5"'), Cloud }),
			[],
		);
	});

	test('what needs a swap is forbidden where the endpoints change in number or type, which a swap refuses', () => {
		const Cloud = configured('Mill');
		const effects = (before: string, after: string) =>
			changes({ definition: mill(before), Cloud }, { definition: mill(after), Cloud }).map(({ effect }) => effect);
		assert.deepEqual(effects(store(20) + port(80), store(10) + port(81)), ['needsSwap', 'restarts']);
		assert.deepEqual(effects(store(20), store(10) + port(80)), ['forbidden', 'restarts']);
	});

	test('half-typed text is compared as far as it goes', () => {
		const found = changes(
			{ definition: mill(port(80)) },
			{ definition: '<WorkerRole name="Mill"><Endpoints><InputEndpoint name="In" port=' },
		);
		assert.ok(found.length > 0);
	});

	test('what happens, in order, domain by domain, with the new startup tasks and what the disks lose', () => {
		const definition = (more: string) => mill(`${tasks('a.cmd')}${store(10)}${more}`) + web('Desk');
		const Cloud = `${configured('Mill')}${configured('Desk', '', 1)}`;
		const [change] = changes({ definition: definition(''), Cloud }, { definition: definition(port(1)), Cloud });
		assert.deepEqual(change && linesOf(change), [
			"Mill: input endpoint 'In' is added",
			'  Restarts Desk and Mill.',
			'  An in-place update takes changed endpoints (SDK 1.5 and later); they may be away for a while.',
			'  A swap refuses another number or type of endpoints.',
			'  Upgrade domain 0, Mill_IN_0: Stopping, OnStop, startup tasks, OnStart, Run.',
			'  Upgrade domain 0, Desk_IN_0: Stopping, OnStop, OnStart, Run.',
			'  Upgrade domain 1, Mill_IN_1: Stopping, OnStop, startup tasks, OnStart, Run.',
			"  Lost: Local storage 'Cache' of Mill (cleanOnRoleRecycle).",
			"  On this machine: It is refused: The endpoints of role 'Mill' differ; their ports are open already. Stop the service and start it again to take that.",
		]);
	});
});

suite('the impact of a changed configuration', () => {
	const definition = mill(
		`${both}<Certificates><Certificate name="Tls" storeLocation="LocalMachine" storeName="My"/></Certificates>`,
	);
	const cases: readonly [what: string, before: string, after: string, ...expected: string[]][] = [
		['nothing but order', configured('Mill', value('Speed', '1')), `\n${configured('Mill', value('Speed', '1'))}`],
		[
			'a value',
			configured('Mill', value('Speed', '1')),
			configured('Mill', value('Speed', '2')),
			"Mill: setting 'Speed': '1' becomes '2' -> inPlace",
		],
		[
			'a secret',
			configured('Mill', value('ApiKey', 'first')),
			configured('Mill', value('ApiKey', 'second')),
			"Mill: setting 'ApiKey': its secret value changes -> inPlace",
		],
		[
			'a certificate',
			configured('Mill', certificate('A1')),
			configured('Mill', certificate('B2')),
			`Mill: certificate 'Tls': 'A1' becomes 'B2' -> restarts ${all}`,
		],
		['a count', configured('Mill', '', 2), configured('Mill', '', 3), 'Mill: instances: 2 become 3 -> inPlace'],
		['a setting that nobody declares', configured('Mill'), configured('Mill', value('Other', '2'))],
	];
	for (const [what, before, after, ...expected] of cases) {
		test(what, () =>
			assert.deepEqual(changes({ definition, Cloud: before }, { definition, Cloud: after }).map(short), expected),
		);
	}

	test('without a definition, a configuration declares what it names', () => {
		assert.deepEqual(
			changes(
				{ Cloud: configured('Mill', value('Speed', '1')) },
				{ Cloud: configured('Mill', value('Speed', '2')) },
			).map(short),
			["Mill: setting 'Speed': '1' becomes '2' -> inPlace"],
		);
	});

	test('the guest operating system, and what no text documents', () => {
		const root = (family: string, network: string) =>
			`<ServiceConfiguration serviceName="Shop" osFamily="${family}">${configured('Mill')}<NetworkConfiguration>${network}</NetworkConfiguration></ServiceConfiguration>`;
		assert.deepEqual(
			changes(
				{ definition, Cloud: root('6', '') },
				{ definition, Cloud: root('7', '<VirtualNetworkSite name="n"/>') },
			).map(short),
			[`-: osFamily '6' becomes '7' -> restarts ${all}`, '-: virtual network is added -> notDocumented'],
		);
	});

	test('what a value does: Changing and Changed, or a restart where a handler cancels', () => {
		const [change] = changes(
			{ definition, Cloud: configured('Mill', value('Speed', '1'), 1) },
			{ definition, Cloud: configured('Mill', value('Speed', '2'), 1) },
		);
		assert.deepEqual(
			[change?.course, change?.ifCancelled],
			[
				[{ domain: 0, instances: ['Mill_IN_0'], events: ['Changing', 'Changed'] }],
				['Changing', 'Stopping', 'OnStop', 'OnStart', 'Run'],
			],
		);
	});

	test('every configuration is a deployment of its own; a new file is no change of one', () => {
		const before = { definition, Local: configured('Mill', value('Speed', '1')), Cloud: configured('Mill') };
		const after = {
			definition,
			Local: configured('Mill', value('Speed', '2')),
			Cloud: configured('Mill', '', 3),
			Test: configured('Mill'),
		};
		const { changes: found, notes } = impactOf(serviceFrom(before).service, serviceFrom(after).service);
		assert.deepEqual(
			found.map(({ path }) => path),
			['/s/ServiceConfiguration.Local.cscfg', '/s/ServiceConfiguration.Cloud.cscfg'],
		);
		assert.deepEqual(notes, ['ServiceConfiguration.Test.cscfg is new; nothing runs with it yet.']);
	});

	test('the summary names the gravest first', () => {
		const before = { definition: mill(both), Cloud: configured('Mill', value('Speed', '1')) };
		const after = { definition: mill(both + port(80)), Cloud: configured('Mill', value('Speed', '2'), 3) };
		assert.equal(summaryOf(changes(before, after)), '3 changes: 1 restarts Mill, 2 apply in place');
		assert.equal(summaryOf([]), 'no changes');
	});
});
