import assert from 'node:assert/strict';
import {
	type AccessList,
	type AccessRule,
	clientText,
	isSubnet,
	refusalOf,
} from '../../src/lifecycle/endpoints/accessList';
import { planDeployment } from '../../src/lifecycle/plan/plan';
import { readConfiguration } from '../../src/model/readConfiguration';
import { readDefinition } from '../../src/model/readDefinition';
import { parse } from '../../src/xml/parser';
import { endpoint, rolePlan, servicePlan, startService } from '../support/fakeService';

/** Facts: cscfg.md 4.3, csdef.md 14. */
suite('access control lists', () => {
	/** `permit 10.0.0.0/8, deny 0.0.0.0/0`, in the order in which they are asked. */
	function list(rules: string, clients: AccessList['clients'] = {}): AccessList {
		const read = rules.split(', ').map((rule, index): AccessRule => {
			const [action, subnet = '', ...description] = rule.split(' ');
			return {
				order: 100 * (index + 1),
				action: action === 'deny' ? 'deny' : 'permit',
				subnet,
				...(description.length > 0 && { description: description.join(' ') }),
			};
		});
		return { name: 'office', rules: read, clients };
	}

	const rows: readonly (readonly [rules: string, client: string, refusal: string | undefined])[] = [
		['permit 203.0.113.0/24', '203.0.113.255', undefined],
		['permit 203.0.113.0/24', '203.0.114.0', "no rule of the access control list 'office' permits it"],
		['permit 203.0.113.7', '203.0.113.7', undefined],
		['permit 203.0.113.7', '203.0.113.8', "no rule of the access control list 'office' permits it"],
		['deny 10.0.0.0/8', '10.255.0.1', "the rule with order 100 of the access control list 'office' denies 10.0.0.0/8"],
		['deny 10.0.0.0/8', '11.0.0.1', undefined],
		['permit 10.1.0.0/16, deny 10.0.0.0/8', '10.1.2.3', undefined],
		[
			'permit 10.1.0.0/16, deny 0.0.0.0/0 the rest',
			'10.2.2.3',
			"the rule 'the rest' of the access control list 'office' denies 0.0.0.0/0",
		],
		[
			'deny 10.1.0.0/16, permit 0.0.0.0/0',
			'10.1.2.3',
			"the rule with order 100 of the access control list 'office' denies 10.1.0.0/16",
		],
		['permit 127.0.0.0/8', '::ffff:127.0.0.1', undefined],
		['deny 0.0.0.0/0', '::1', undefined],
		['permit 0.0.0.0/0', '::1', "no rule of the access control list 'office' permits it"],
	];
	for (const [rules, client, refusal] of rows) {
		test(`${rules}: ${client} ${refusal === undefined ? 'comes in' : 'does not'}`, () => {
			assert.equal(refusalOf(list(rules), client), refusal);
		});
	}

	test('an address of this machine may stand for another', () => {
		const office = list('permit 203.0.113.0/24', { '127.0.0.2': '203.0.113.7' });
		assert.equal(refusalOf(office, '127.0.0.2'), undefined);
		assert.ok(refusalOf(office, '127.0.0.1'));
		assert.deepEqual(
			['127.0.0.2', '127.0.0.1'].map(client => clientText(office, client)),
			['203.0.113.7 (127.0.0.2)', '127.0.0.1'],
		);
	});

	test('what is a network', () => {
		const texts = [
			'10.0.0.0/8',
			'10.0.0.1',
			' 0.0.0.0/0 ',
			'10.0.0.0/33',
			'256.0.0.0/8',
			'10.0.0/8',
			'VirtualNetwork',
			'',
		];
		assert.deepEqual(texts.filter(isSubnet), ['10.0.0.0/8', '10.0.0.1', ' 0.0.0.0/0 ']);
	});

	function planned(options: { clients?: Record<string, string>; applied: boolean }, network: string, rules = '') {
		const definition = `<ServiceDefinition name="S"><WorkerRole name="Worker">
			<Runtime><EntryPoint><ProgramEntryPoint commandLine="node a.js" setReadyOnProcessStart="true"/></EntryPoint></Runtime>
			<Endpoints><InputEndpoint name="In" protocol="tcp" port="80"/><InternalEndpoint name="Peers" protocol="tcp"/></Endpoints>
			</WorkerRole>${rules}</ServiceDefinition>`;
		const configuration = `<ServiceConfiguration><Role name="Worker"><Instances count="1"/></Role>
			<NetworkConfiguration><AccessControls><AccessControl name="office">${network}</AccessControl></AccessControls>
			<EndpointAcls><EndpointAcl role="Worker" endPoint="In" accessControl="office"/></EndpointAcls></NetworkConfiguration></ServiceConfiguration>`;
		const result = planDeployment(
			readDefinition('S.csdef', parse(definition)),
			readConfiguration('S.cscfg', parse(configuration)),
			{ Worker: { code: '/code' } },
			{
				deploymentId: 'd',
				stateFolder: '/state',
				...(options.applied && { accessControls: { clients: options.clients ?? {} } }),
			},
		);
		assert.ok('plan' in result, JSON.stringify(result));
		return { access: result.plan.roles[0]?.endpoints[0]?.access, notes: result.notes };
	}

	const written =
		'<Rule action="deny" description="the rest" order="200" remoteSubnet="0.0.0.0/0"/><Rule action="permit" order="100" remoteSubnet="10.0.0.0/8"/><Rule action="permit" order="150" remoteSubnet="home"/>';

	test('are read in their order, and applied where rolewright.json says so', () => {
		const { access, notes } = planned({ applied: true, clients: { '127.0.0.2': '10.1.1.1' } }, written);
		assert.deepEqual(access, {
			name: 'office',
			rules: [
				{ order: 100, action: 'permit', subnet: '10.0.0.0/8' },
				{ order: 200, action: 'deny', subnet: '0.0.0.0/0', description: 'the rest' },
			],
			clients: { '127.0.0.2': '10.1.1.1' },
		});
		assert.deepEqual(notes, [
			"The access control list 'office' of the endpoint 'In' of the role 'Worker' is applied to the addresses of this machine (127.0.0.2 stands for 10.1.1.1): a client chooses the one that it connects from, as 'curl --interface 127.0.0.2' does.",
			"The access control list 'office' of the endpoint 'In' of the role 'Worker' has a rule for 'home', which is no network: it is left out.",
		]);
	});

	test('are left out by default, and that is said', () => {
		const { access, notes } = planned({ applied: false }, written);
		assert.equal(access, undefined);
		assert.deepEqual(notes, [
			"The access control list 'office' of the endpoint 'In' of the role 'Worker' is not applied: here every client has an address of this machine. To rehearse it, set 'accessControls' in rolewright.json.",
		]);
	});

	test('rules for the traffic between roles are not applied, and why is said', () => {
		const rules = `<NetworkTrafficRules><OnlyAllowTrafficTo><Destinations><RoleEndpoint roleName="Worker" endpointName="Peers"/></Destinations>
			<WhenSource matches="AnyRule"><FromRole roleName="Web"/></WhenSource></OnlyAllowTrafficTo></NetworkTrafficRules>`;
		assert.match(
			planned({ applied: true }, written, rules).notes.at(-1) ?? '',
			/^The NetworkTrafficRules are not applied: .*no address tells .*: 'Peers' of 'Worker' by 'Web'\.$/,
		);
	});

	test('a refusal is in the journal once for a client, with the name of its rule', async () => {
		const access = list('deny 127.0.0.1 me');
		const { world, news } = await startService([rolePlan({ endpoints: [{ ...endpoint('In', 'input', 80), access }] })]);
		news();
		const admits = world.network.requests.get('Worker/In')?.admits;
		assert.deepEqual(
			['127.0.0.1', '127.0.0.1', '127.0.0.2'].map(client => admits?.(client)),
			[false, false, true],
		);
		assert.deepEqual(news('note'), [
			"note: A connection from 127.0.0.1 to the endpoint 'In' was refused: the rule 'me' of the access control list 'office' denies 127.0.0.1. Later ones from there are refused without a word.",
		]);
	});

	test('a new list is taken while the service runs: the balancer asks it, no instance hears of it', async () => {
		const input = endpoint('In', 'input', 80);
		const roleWith = (access?: AccessList) => rolePlan({ endpoints: [{ ...input, ...(access && { access }) }] });
		const { world, deployment, news } = await startService([roleWith()]);
		const admits = () => world.network.requests.get('Worker/In')?.admits?.('127.0.0.1');
		const become = async (access?: AccessList) => {
			news();
			deployment.configure(servicePlan([roleWith(access)]), 'file');
			await world.settled();
			return [`admits: ${admits()}`, ...news('error', 'call', 'restart', 'configuration', 'note')];
		};
		assert.equal(admits(), true);
		assert.deepEqual(await become(list('permit 10.0.0.0/8')), [
			'admits: false',
			"note: The access control list 'office' decides from now on who comes to the endpoint 'In' of the role 'Worker'; no instance is told.",
			"note: A connection from 127.0.0.1 to the endpoint 'In' was refused: no rule of the access control list 'office' permits it. Later ones from there are refused without a word.",
		]);
		assert.deepEqual(await become(), [
			'admits: true',
			"note: No access control list stands before the endpoint 'In' of the role 'Worker' any more; no instance is told.",
		]);
	});
});
