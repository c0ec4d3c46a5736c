import assert from 'node:assert/strict';
import type { CourseStep, RoleEvent } from '../../src/compare/course';
import { type Deployed, planOf } from '../../src/compare/deployments';
import { impactOf } from '../../src/compare/impact';
import type { JournalEntry } from '../../src/lifecycle/journal/journal';
import type { DeploymentPlan } from '../../src/lifecycle/plan/deploymentPlan';
import { type FakeRun, newService } from '../support/fakeService';
import { configured, role, value, web } from '../support/findings';
import { serviceFrom, type Texts } from '../support/services';

/** What the impact says is played on the fabric itself, which has to do the same. */

interface Played {
	readonly definition?: readonly [before: string, after: string];
	readonly cloud?: readonly [before: string, after: string];
	/** Whether the role refuses changes while it runs. */
	readonly cancels?: boolean;
}

const mill = (content = '', more = '') => role('Mill', content, more);
const internal = '<Endpoints><InternalEndpoint name="Peer" protocol="tcp"/></Endpoints>';
const speed = '<ConfigurationSettings><Setting name="Speed"/></ConfigurationSettings>';
const tls = '<Certificates><Certificate name="Tls" storeLocation="LocalMachine" storeName="My"/></Certificates>';
const certificate = (thumbprint: string) =>
	`<Certificates><Certificate name="Tls" thumbprint="${thumbprint}"/></Certificates>`;
const store = (size: number) => `<LocalResources><LocalStorage name="Cache" sizeInMB="${size}"/></LocalResources>`;
const task = '<Startup><Task commandLine="exit 0"/></Startup>';
const blast = (content: string) =>
	`<ServiceDefinition name="Shop" topologyChangeDiscovery="Blast">${content}</ServiceDefinition>`;

suite('the impact agrees with the fabric', () => {
	const configurations: readonly [what: string, played: Played][] = [
		[
			'a value',
			{
				definition: [mill(speed), ''],
				cloud: [configured('Mill', value('Speed', '1'), 3), configured('Mill', value('Speed', '2'), 3)],
			},
		],
		[
			'a certificate',
			{
				definition: [mill(tls + task), ''],
				cloud: [configured('Mill', certificate('A1')), configured('Mill', certificate('B2'))],
			},
		],
		[
			'more instances without an internal endpoint',
			{ definition: [mill(), ''], cloud: [configured('Mill', '', 1), configured('Mill', '', 3)] },
		],
		[
			'more instances with an internal endpoint',
			{
				definition: [mill(internal) + web('Desk'), ''],
				cloud: [
					configured('Mill', '', 1) + configured('Desk', '', 2),
					configured('Mill', '', 3) + configured('Desk', '', 2),
				],
			},
		],
		[
			'fewer instances',
			{ definition: [mill(internal), ''], cloud: [configured('Mill', '', 3), configured('Mill', '', 1)] },
		],
		[
			'more instances, told to all at once',
			{ definition: [blast(mill(internal)), ''], cloud: [configured('Mill', '', 2), configured('Mill', '', 3)] },
		],
		[
			'a value that a handler refuses',
			{
				cancels: true,
				definition: [mill(speed + task), ''],
				cloud: [configured('Mill', value('Speed', '1'), 2), configured('Mill', value('Speed', '2'), 2)],
			},
		],
	];
	for (const [what, played] of configurations) {
		test(`a configuration: ${what}`, async () => {
			const definition = played.definition?.[0] ?? '';
			const [before, after] = played.cloud ?? ['', ''];
			const { old, next } = plansOf({ definition, Cloud: before }, { definition, Cloud: after });
			const run = await started(old, played.cancels);
			run.deployment.configure(next, 'stdin');
			await settled(run);
			const [change, ...others] = impactOf(
				serviceFrom({ definition, Cloud: before }).service,
				serviceFrom({ definition, Cloud: after }).service,
			).changes;
			assert.ok(change && others.length === 0);
			const course = played.cancels
				? change.course.map(step => ({ ...step, events: change.ifCancelled ?? [] }))
				: change.course;
			assert.deepEqual(lived(run), told(course));
		});
	}

	const definitions: readonly [what: string, before: string, after: string][] = [
		['another startup task', mill(task) + web('Desk'), mill() + web('Desk')],
		['another size', mill(store(5), ' vmsize="Small"') + web('Desk'), mill(store(5), ' vmsize="Large"') + web('Desk')],
		['more local storage', mill(store(5)), mill(store(6))],
		['a new setting', mill(), mill(speed)],
	];
	for (const [what, before, after] of definitions) {
		test(`an update: ${what}`, async () => {
			const Cloud = configured('Mill', '', 2) + configured('Desk', '', 2);
			const { old, next } = plansOf({ definition: before, Cloud }, { definition: after, Cloud });
			const run = await started(old);
			const requests = run.world.diskRequests.length;
			run.deployment.update(next, 'auto', 'stdin');
			await settled(run);
			const [change] = impactOf(
				serviceFrom({ definition: before, Cloud }).service,
				serviceFrom({ definition: after, Cloud }).service,
			).changes;
			assert.deepEqual(lived(run), told(change?.course ?? []));
			const rebuilt = run.world.diskRequests.slice(requests).filter(({ effects }) => effects.local === 'rebuilt');
			assert.equal(rebuilt.length > 0, change?.effect === 'losesLocalData');
			assert.equal(change?.locally, undefined);
		});
	}

	const refused: readonly [what: string, before: string, after: string, effect: string][] = [
		['less local storage', mill(store(6)), mill(store(5)), 'needsSwap'],
		[
			'the number of upgrade domains',
			blast(mill()),
			blast(mill()).replace('topology', 'upgradeDomainCount="3" topology'),
			'needsSwap',
		],
		['another name of a role', mill(), role('Kiln'), 'forbidden'],
		['a new role', mill(), mill() + role('Kiln'), 'restarts'],
		['other ports', mill(), mill(internal), 'restarts'],
	];
	for (const [what, before, after, effect] of refused) {
		test(`what the fabric refuses is said: ${what}`, async () => {
			const Cloud = configured('Mill', '', 1);
			const { old, next } = plansOf({ definition: before, Cloud }, { definition: after, Cloud });
			const run = await started(old);
			run.deployment.update(next, 'auto', 'stdin');
			await settled(run);
			const [error] = run.news('error');
			const [change] = impactOf(
				serviceFrom({ definition: before, Cloud }).service,
				serviceFrom({ definition: after, Cloud }).service,
			).changes;
			assert.deepEqual(
				[change?.effect, change?.locally?.replace(/^It is refused: /, '')],
				[effect, error?.replace('error: The update was not begun. ', '')],
			);
			assert.deepEqual(lived(run), []);
		});
	}
});

function plansOf(before: Texts, after: Texts): { readonly old: DeploymentPlan; readonly next: DeploymentPlan } {
	const deployed = (texts: Texts): Deployed => {
		const { definition, configurations } = serviceFrom(texts).service;
		return { definition, configuration: configurations[0] };
	};
	return { old: planOf(deployed(before)), next: planOf(deployed(after)) };
}

async function started({ roles, ...plan }: DeploymentPlan, cancels = false): Promise<FakeRun> {
	const behaviour = cancels ? { '*': { changing: 'cancels' as const } } : {};
	const run = newService(roles, behaviour, { ...plan, stateFolder: '/state' });
	run.deployment.start();
	await settled(run);
	run.news();
	return run;
}

/** Everything has happened; a startup task that is waited for has ended well. */
async function settled({ world, deployment }: FakeRun): Promise<void> {
	let told = -1;
	while (told !== deployment.journal.entries.length) {
		told = deployment.journal.entries.length;
		await world.settled();
		for (const each of world.aliveTasks) {
			each.exit(0);
		}
		await world.settled();
	}
}

/** What each instance lived through since it was started, of what the impact tells; a line each, in the order of names. */
function lived(run: FakeRun): readonly string[] {
	const begun = run.deployment.journal.entries.findLastIndex(entry => entry.event === 'command');
	const byInstance = new Map<string, string[]>();
	for (const entry of run.deployment.journal.entries.slice(begun)) {
		const event = eventOf(entry);
		if (event !== undefined && entry.instance !== undefined) {
			byInstance.set(entry.instance, [...(byInstance.get(entry.instance) ?? []), event]);
		}
	}
	return [...byInstance].map(([instance, events]) => `${instance}: ${events.join(', ')}`).sort();
}

function eventOf(entry: JournalEntry): RoleEvent | undefined {
	switch (entry.event) {
		case 'call':
			return entry.phase === 'begin' ? entry.call : undefined;
		case 'process':
			return entry.phase === 'started' && entry.role === 'task' ? 'startup tasks' : undefined;
		default:
			return undefined;
	}
}

function told(course: readonly CourseStep[]): readonly string[] {
	const byInstance = new Map<string, string[]>();
	for (const { instances, events } of course) {
		for (const instance of instances) {
			byInstance.set(instance, [...(byInstance.get(instance) ?? []), ...events]);
		}
	}
	return [...byInstance].map(([instance, events]) => `${instance}: ${events.join(', ')}`).sort();
}
