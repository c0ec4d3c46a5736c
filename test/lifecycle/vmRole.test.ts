import assert from 'node:assert/strict';
import type { Command } from '../../src/lifecycle/command';
import { type FakeRun, rolePlan, servicePlan, startService } from '../support/fakeService';

/** The table of role-lifecycle.md 10, row by row, in the words of the reference. */

const machine = 'Golden_IN_0';

const golden = (code = '/adapter') =>
	rolePlan({
		name: 'Golden',
		kind: 'VirtualMachineRole',
		entry: { kind: 'machine', commandLine: 'adapter', images: ['base.vhd', 'may.vhd', 'june.vhd'] },
		code,
	});

interface Row {
	readonly row: string;
	readonly act: (run: FakeRun) => void;
	/** What the journal says, without the disks. */
	readonly said: readonly string[];
	/** Local resources, Windows, application: kept or rebuilt; nothing where no disk is looked at. */
	readonly disks: string;
	/** What the service of the machine is told. */
	readonly told: readonly string[];
}

const submit = (command: Command) => (run: FakeRun) => run.deployment.submit(command, 'stdin');
const byServiceManager =
	'Golden_IN_0: note: In a VM role this is the business of its service manager: the instance stays as it is.';

const rows: readonly Row[] = [
	{
		row: 'Recycle of the application',
		act: submit({ command: 'recycle', instance: machine }),
		said: [byServiceManager],
		disks: '',
		told: ['restartService'],
	},
	{
		row: 'Crash of the application',
		act: submit({ command: 'crash', instance: machine }),
		said: [byServiceManager],
		disks: '',
		told: ['crashService'],
	},
	{
		row: 'Reboot',
		act: submit({ command: 'reboot', instance: machine }),
		said: ['rotation out', 'StoppingRole', 'StoppingVM', 'StartingVM', 'StartingRole', 'ReadyRole', 'rotation in'],
		disks: 'K K K',
		told: ['stop'],
	},
	{
		row: 'Reimage',
		act: submit({ command: 'reimage', instance: machine }),
		said: [
			'rotation out',
			'StoppingRole',
			'StoppingVM',
			'CreatingVM',
			'StartingVM',
			'StartingRole',
			'ReadyRole',
			'rotation in',
		],
		disks: 'K R R',
		told: ['stop'],
	},
	{
		row: 'Healing, move',
		act: submit({ command: 'heal', instance: machine }),
		said: [
			'rotation out',
			'Unknown',
			'note: The instance moves from host rack0-Golden-0 to host rack0-Golden-0-moved1; its name and its addresses stay.',
			'CreatingVM',
			'StartingVM',
			'StartingRole',
			'ReadyRole',
			'rotation in',
		],
		disks: 'R R R',
		told: [],
	},
	{
		row: 'Image update (new differencing disk)',
		act: run => run.deployment.update(servicePlan([golden('/adapter2')]), 'auto', 'stdin'),
		said: ['rotation out', 'StoppingRole', 'RestartingRole', 'StartingRole', 'ReadyRole', 'rotation in'],
		disks: 'K R R',
		told: ['stop'],
	},
	{
		row: 'The owner patches the operating system, Azure does not',
		act: submit({ command: 'guest-os-update' }),
		said: [],
		disks: '',
		told: [],
	},
	{
		row: 'Configuration change: RoleEnvironment events inside the adapter',
		act: submit({ command: 'set', role: 'Golden', setting: 'Greeting', value: 'other' }),
		said: ['Changing end {"cancel":false}', 'Changed end'],
		disks: '',
		told: ['changing', 'changed'],
	},
	{
		row: 'Stop: Windows shutdown; the service gets its stop call',
		act: submit({ command: 'stop', instance: machine }),
		said: ['rotation out', 'StoppingRole', 'StoppedVM'],
		disks: '',
		told: ['stop'],
	},
];

suite('The VM role', () => {
	test('Provision: steps 1 to 6, boot, adapter service starts; Ready when the agent says so', async () => {
		const { news } = await startService([golden()], { '*': { program: true } });
		assert.deepEqual(news('step', 'rotation'), [
			...[1, 2, 3, 4, 5, 6, 9].flatMap(step => [`${machine}: step ${step} begin`, `${machine}: step ${step} end`]),
			`${machine}: rotation in`,
		]);
	});

	test('the first step names the golden image and the differencing disks on top of it', async () => {
		const { deployment } = await startService([golden()], { '*': { program: true } });
		const [first] = deployment.journal.entries.filter(entry => entry.event === 'step');
		assert.equal(
			first?.event === 'step' && first.text,
			'Take the golden image base.vhd with its differencing disks may.vhd, june.vhd',
		);
	});

	for (const { row, act, said, disks, told } of rows) {
		test(row, async () => {
			const run = await startService([golden()], { '*': { program: true } });
			run.news();
			const before = run.world.diskRequests.length;
			const [service] = run.world.aliveProcesses;
			const heard = service?.sent.length ?? 0;
			act(run);
			await run.world.settled();
			const words = run.news('state', 'rotation', 'call', 'note').filter(word => word.startsWith(machine));
			const short = words.map(word => (word === byServiceManager ? word : word.slice(machine.length + 2)));
			assert.deepEqual(once(short), said);
			const effects = run.world.diskRequests[before]?.effects;
			const letters = effects
				? [effects.local, effects.windows, effects.application].map(effect => (effect === 'kept' ? 'K' : 'R')).join(' ')
				: '';
			assert.equal(letters, disks);
			assert.deepEqual(
				service?.sent.slice(heard).map(({ type }) => type),
				told,
			);
		});
	}

	test('an instance stays Ready while its adapter ends and is brought back', async () => {
		const run = await startService([golden()], { '*': { program: true } });
		const [service] = run.world.aliveProcesses;
		run.news();
		service?.say({ type: 'serviceEnded', exitCode: 3 });
		service?.say({ type: 'hello', pid: 77, runtime: 'program', role: 'program' });
		await run.world.settled();
		assert.deepEqual(run.news(), [`${machine}: program ended 3`, `${machine}: program started`]);
		assert.deepEqual(
			run.deployment.snapshot.instances.map(({ state, pid }) => [state, pid]),
			[['ReadyRole', 77]],
		);
	});
});

/** Neighbours that are the same count once. */
function once(words: readonly string[]): string[] {
	return words.filter((word, index) => word !== words[index - 1]);
}
