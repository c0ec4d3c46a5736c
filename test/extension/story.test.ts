import assert from 'node:assert/strict';
import { connect } from 'node:net';
import * as vscode from 'vscode';
import { watchSessions } from './debugSessions';
import { debuggerLog, forgetDebuggerLog, ownDebugger, useDebugger } from './ownDebugger';
import { breakAt, lives, pressF5, runOf } from './runs';
import {
	drawn,
	edit,
	errorsOf,
	eventually,
	filesOfSample,
	hasErrors,
	marked,
	parts,
	proposals,
	quickFixes,
	withService,
} from './support';

const configurations = ['Cloud', 'Local', 'Staging'].map(name => `ServiceConfiguration.${name}.cscfg`);
const setting = '<Setting name="Greeting" />';

/** The debugger for C# that somebody named for the tests; else the tests have one of their own. */
const realDebugger = process.env.ROLEWRIGHT_DOTNET_DEBUGGER;

suite('the whole main job', function () {
	// Two C# roles are built for the first time.
	this.timeout(240_000);
	let sessions: ReturnType<typeof watchSessions>;

	setup(async () => {
		sessions = watchSessions();
		forgetDebuggerLog();
		await useDebugger(realDebugger ? undefined : ownDebugger());
	});

	teardown(async () => {
		vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
		const left = await sessions.endAll(15_000);
		sessions.dispose();
		await useDebugger(undefined);
		assert.deepEqual(left, [], 'no session stands');
	});

	test('a service is edited, gets two roles, runs, is debugged in two lives, and ends', async () => {
		await withService(await filesOfSample(), async at => {
			const { index, running, tree } = await parts();
			const definition = at('ServiceDefinition.csdef');
			const run = runOf(running, definition.fsPath);
			for (const file of ['ServiceDefinition.csdef', ...configurations]) {
				await hasErrors(at(file), []);
			}

			// A setting is declared, with help, and every configuration gets its value by a quick fix.
			const { document } = await vscode.window.showTextDocument(definition);
			const half = marked(document.getText().replace(setting, `${setting}\n      <|`));
			await edit(definition, half.text);
			assert.deepEqual(await proposals(document, half.offset), ['Setting']);
			await edit(definition, half.text.replace('<\n', '<Setting name="Language" />\n'));
			for (const file of configurations) {
				const codes = () => errorsOf(at(file)).map(error => error.split(' ')[1]);
				await eventually(vscode.languages.onDidChangeDiagnostics, codes, ['missingSetting']);
			}
			await (await quickFixes(at('ServiceConfiguration.Local.cscfg'))).apply(/all 3 configurations/);

			// A role in each language.
			const service = definition.fsPath;
			const answers = { service, instances: 1, confirmed: true };
			await vscode.commands.executeCommand('rolewright.addRole', { ...answers, language: 'csharp', name: 'Archive' });
			await vscode.commands.executeCommand('rolewright.addRole', {
				...answers,
				language: 'javascript',
				name: 'Mailer',
			});
			for (const file of ['ServiceDefinition.csdef', ...configurations]) {
				await hasErrors(at(file), []);
			}
			await vscode.workspace.saveAll();

			// F5 with a breakpoint in each language: every first instance waits for its debugger.
			const name = `Debug ${index.serviceAt(service)?.name}`;
			const stops = { FrontDesk_IN_0: breakAt(at('FrontDesk/worker.js').fsPath, 'const page =') };
			const dotnetStops = { Ledger_IN_0: breakAt(at('Ledger/WorkerRole.cs').fsPath, 'RoleEnvironment.Changing +=') };
			const expected = Object.entries({ ...stops, ...(realDebugger && dotnetStops) });
			await pressF5(service);
			const session = await stopsAndGoesOn(expected, name, '');

			for (const instance of ['FrontDesk_IN_0', 'FrontDesk_IN_1', 'Ledger_IN_0', 'Archive_IN_0', 'Mailer_IN_0']) {
				await run.becomes(instance, 'ReadyRole');
			}
			assert.deepEqual(drawn(tree, service), [
				`${index.serviceAt(service)?.name}: Running [service running deployed]`,
				'  FrontDesk: 2 of 2 ready [role running]',
				'    FrontDesk_IN_0: Ready, debugging [instance stop recycle detach]',
				'    FrontDesk_IN_1: Ready [instance stop recycle debug]',
				'  Ledger: 1 of 1 ready [role running]',
				`    Ledger_IN_0: Ready${realDebugger ? ', debugging [instance stop recycle detach]' : ' [instance stop recycle debug]'}`,
				'  Archive: 1 of 1 ready [role running]',
				`    Archive_IN_0: Ready${realDebugger ? ', debugging [instance stop recycle detach]' : ' [instance stop recycle debug]'}`,
				'  Mailer: 1 of 1 ready [role running]',
				'    Mailer_IN_0: Ready, debugging [instance stop recycle detach]',
			]);

			// The next life stops at the same places, without any gesture.
			const firstLife = run.pidOf('Ledger_IN_0');
			await run.recycle('FrontDesk_IN_0');
			await run.recycle('Ledger_IN_0');
			await stopsAndGoesOn(expected, name, ' (life 2)');
			await run.becomes('FrontDesk_IN_0', 'ReadyRole');
			await run.becomes('Ledger_IN_0', 'ReadyRole');
			const secondLife = run.pidOf('Ledger_IN_0');

			const journal = run.journal();
			const ofLedger = journal.filter(({ instance }) => instance === 'Ledger_IN_0').flatMap(turnOf);
			assert.deepEqual(ofLedger, ['waiting', 'OnStart', 'ended', 'waiting', 'OnStart']);
			if (!realDebugger) {
				const attached = debuggerLog().filter(line => JSON.stringify(line).includes('"attach"'));
				for (const processId of [firstLife, secondLife]) {
					assert.ok(
						attached.some(
							line => JSON.stringify(line) === JSON.stringify({ request: 'attach', processId, lives: true }),
						),
					);
				}
			}

			// Stop, and nothing of it is left.
			const pids = journal.flatMap(entry =>
				entry.event === 'process' && entry.phase === 'started' ? [entry.pid] : [],
			);
			const ports = journal.flatMap(entry =>
				entry.event === 'endpoint' && entry.port !== undefined ? [entry.port] : [],
			);
			assert.ok(pids.length >= 7 && ports.length >= 3, `${pids.length} processes, ${ports.length} ports`);
			await vscode.debug.stopDebugging(session);
			await sessions.allOver();
			assert.equal(running.runOf(service)?.state, undefined);
			assert.deepEqual(pids.filter(lives), []);
			assert.deepEqual(
				await Promise.all(ports.map(isOpen)),
				ports.map(() => false),
			);
			assert.equal(drawn(tree, service)[0], `${index.serviceAt(service)?.name}: Not running [service stopped]`);
		});
	});

	/** Each of these instances stops on its line, in whatever order, and goes on; gives the session above them. */
	async function stopsAndGoesOn(
		expected: readonly (readonly [instance: string, line: number])[],
		parent: string,
		life: string,
	): Promise<vscode.DebugSession> {
		const seen: [string, number][] = [];
		for (const _ of expected) {
			const { names, line, goOn } = await sessions.nextStop();
			assert.equal(names.at(-1), parent);
			seen.push([names.at(-2) ?? '', line]);
			await goOn();
		}
		assert.deepEqual(new Map(seen), new Map(expected.map(([instance, line]) => [`${instance}${life}`, line])));
		return sessions.session(parent);
	}
});

/** The turns of a life that tell whether its process waited for a debugger before any code of the role ran. */
function turnOf(entry: ReturnType<ReturnType<typeof runOf>['journal']>[number]): readonly string[] {
	switch (entry.event) {
		case 'debugger':
			return entry.phase === 'waiting' ? ['waiting'] : [];
		case 'call':
			return entry.call === 'OnStart' && entry.phase === 'begin' ? ['OnStart'] : [];
		case 'process':
			return entry.phase === 'ended' ? ['ended'] : [];
		default:
			return [];
	}
}

function isOpen(port: number): Promise<boolean> {
	return new Promise(resolve => {
		const socket = connect(port, '127.0.0.1');
		socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
		socket.once('connect', () => socket.destroy());
	});
}
