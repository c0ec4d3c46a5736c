import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ScenarioTests } from '../../src/extension/scenario/scenarioTests';
import { watchSessions } from './debugSessions';
import { breakAt, runOf } from './runs';
import { eventually, parts, proposals, shop, withService } from './support';

const passing = `{
	"name": "The shop recycles",
	"service": "..",
	"timeFactor": 10,
	"steps": [
		{ "wait": "all", "state": "Ready" },
		{ "recycle": "Clerk_IN_0", "expect": { "output": ["the shop opens"] } }, // once more
	],
}
`;
const failing = `{
	"name": "The shop sings",
	"service": "..",
	"timeFactor": 50,
	"steps": [
		{ "wait": "all", "state": "Ready" },
		{ "recycle": "Clerk_IN_0", "expect": { "output": ["la la la"], "within": "50s" } }
	]
}
`;
const night = `{
	"name": "A night",
	"service": "..",
	"steps": [
		{ "wait": "all", "state": "Ready" },
		{ "chaos": { "seed": 3, "for": "3s", "rate": "1/s", "events": { "crash": 1 }, "within": "1ms" } }
	]
}
`;

/** The code of the shop's role, changed. */
const singing = `console.log('la la la');\n${shop()['Clerk/clerk.js']}`;

suite('scenarios in the Test Explorer', () => {
	test('are found, named, and gone with their file', async () => {
		await withScenarios({ passing, failing }, async ({ scenarios, at }) => {
			const labels = () => itemsBelow(scenarios, at('')).map(({ label }) => label);
			await found(scenarios, at('passing'), at('failing'));
			assert.deepEqual(labels().sort(), ['The shop recycles', 'The shop sings']);
			const item = itemAt(scenarios, at('passing'));
			assert.equal(item?.range?.start.line, 1);
			assert.equal(item?.description, undefined, 'a screen reader would speak it in place of the name');
			const watcher = vscode.workspace.createFileSystemWatcher('**/*.lifecycle.json');
			await vscode.workspace.fs.delete(at('failing'));
			await eventually(watcher.onDidDelete, () => itemAt(scenarios, at('failing')) === undefined, true);
			watcher.dispose();
		});
	});

	test('pass, and fail at the step with what was expected and what came instead', async () => {
		await withScenarios({ passing, failing }, async ({ scenarios, at }) => {
			const { told, run } = await spied(scenarios, at('passing'), at('failing'));
			await run('run');
			assert.deepEqual(told.outcomes, ['passed The shop recycles', 'failed The shop sings']);
			const [message] = told.messages;
			assert.equal(message?.location?.range.start.line, 6);
			assert.equal(message?.expectedOutput, 'a line of output like "la la la"');
			assert.match(message?.actualOutput ?? '', /^nothing of the kind|^.+\n\n.*Clerk_IN_0/s);
			const output = told.output.join('');
			assert.match(output, /▸ recycle Clerk_IN_0\r\n/);
			assert.match(output, /Clerk_IN_0 .*the shop opens\r\n/);
		});
	});

	test('are skipped when the run is cancelled, and leave nothing behind', async () => {
		await withScenarios({ passing }, async ({ scenarios, at }) => {
			const cancel = new vscode.CancellationTokenSource();
			const { told, run } = await spied(scenarios, at('passing'));
			told.heard = text => text.includes('▸ recycle') && cancel.cancel();
			await run('run', cancel.token);
			assert.deepEqual(told.outcomes, ['skipped The shop recycles']);
		});
	});

	test('stop at breakpoints when they are debugged, in each life', async function () {
		this.timeout(120_000);
		// In the role's own time: a debugger takes its time to come, and the limits of a wait run meanwhile.
		// What the first life wrote may come after it is Ready; that the next one has begun is said by its own event.
		const started = '"events": [{ "event": "call", "instance": "Clerk_IN_0", "call": "OnStart", "phase": "end" }]';
		const unhurried = passing.replace('"timeFactor": 10,', '').replace('"output": ["the shop opens"]', started);
		await withScenarios({ passing: unhurried }, async ({ scenarios, at, service }) => {
			const sessions = watchSessions();
			try {
				const line = breakAt(service('Clerk/clerk.js').fsPath, 'the shop opens');
				const { told, run } = await spied(scenarios, at('passing'));
				const over = run('debug');
				for (const life of ['Clerk_IN_0', 'Clerk_IN_0 (life 2)']) {
					const stop = await sessions.nextStop();
					assert.equal(stop.line, line);
					assert.ok(stop.names.includes(life), stop.names.join(' < '));
					await stop.goOn();
				}
				await over;
				await sessions.allOver();
				assert.deepEqual(told.outcomes, ['passed The shop recycles']);
			} finally {
				sessions.dispose();
				vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
			}
		});
	});

	test('a night that failed is saved as a scenario', async () => {
		await withScenarios({ night }, async ({ scenarios, at }) => {
			const { told, run, items } = await spied(scenarios, at('night'));
			await run('run');
			assert.deepEqual(told.outcomes, ['failed A night']);
			await vscode.commands.executeCommand('rolewright.saveNight', items[0], at('saved'));
			const text = vscode.window.activeTextEditor?.document.getText() ?? '';
			assert.match(text, /"name": "A night: the night that failed",\n\t"service": "\.\."/);
			assert.match(text, /\{ "crash": "Clerk_IN_[01]"/);
		});
	});

	test('a run is saved as a scenario, which passes', async () => {
		await withScenarios({}, async ({ scenarios, at, service }) => {
			const { running } = await parts();
			const definition = service('ServiceDefinition.csdef').fsPath;
			const run = runOf(running, definition);
			await vscode.commands.executeCommand('rolewright.startService', definition);
			await run.becomes('Clerk_IN_0', 'ReadyRole');
			await run.becomes('Clerk_IN_1', 'ReadyRole');
			await run.recycle('Clerk_IN_1');
			await run.becomes('Clerk_IN_1', 'ReadyRole');
			await vscode.commands.executeCommand('rolewright.stopService', definition);
			await vscode.commands.executeCommand('rolewright.saveScenario', definition, at('my-run'));
			await found(scenarios, at('my-run'));
			assert.equal(itemAt(scenarios, at('my-run'))?.label, 'my run');
			const { told, run: play } = await spied(scenarios, at('my-run'));
			await play('run');
			assert.deepEqual(told.outcomes, ['passed my run']);
		});
	});

	test('are played again when a file of their service changes', async () => {
		await withScenarios({ passing }, async ({ scenarios, at, service }) => {
			await found(scenarios, at('passing'));
			const again = new vscode.EventEmitter<void>();
			const { told, run } = await spied(scenarios, at('passing'));
			told.ended = () => again.fire();
			const enough = new vscode.CancellationTokenSource();
			await run('continuous', enough.token);
			assert.deepEqual(told.outcomes, []);
			const played = new Promise(resolve => again.event(resolve));
			await vscode.workspace.fs.writeFile(service('Clerk/clerk.js'), Buffer.from(singing));
			await played;
			assert.deepEqual(told.outcomes, ['passed The shop recycles']);
			assert.match(told.output.join(''), /la la la/);
			enough.cancel();
		});
	});
});

suite('the text of a scenario', () => {
	test('has problems with names that its service does not have, and proposes those that it has', async () => {
		const text = passing.replaceAll('Clerk_IN_0', 'Clark_IN_0');
		await withScenarios({ typed: text }, async ({ at }) => {
			const document = await vscode.workspace.openTextDocument(at('typed'));
			await vscode.window.showTextDocument(document);
			const problems = () =>
				vscode.languages
					.getDiagnostics(document.uri)
					.filter(({ source }) => source === 'Rolewright')
					.map(({ range, message }) => `${range.start.line + 1} ${message}`);
			await eventually(vscode.languages.onDidChangeDiagnostics, problems, [
				'7 The service has no role "Clark"; "Clerk" may be meant.',
			]);
			const labels = await proposals(document, text.indexOf('Clark_IN_0') + 2);
			assert.deepEqual(
				labels.filter(label => label.startsWith('Clerk')),
				['Clerk_IN_0', 'Clerk_IN_1'],
			);
			assert.equal(document.languageId, 'jsonc');
		});
	});
});

interface Told {
	readonly outcomes: string[];
	readonly messages: vscode.TestMessage[];
	readonly output: string[];
	heard(text: string): unknown;
	ended(): void;
}

type Playground = {
	readonly scenarios: ScenarioTests;
	/** The file of a scenario by its name. */
	at(name: string): vscode.Uri;
	service(file: string): vscode.Uri;
};

async function withScenarios(texts: Readonly<Record<string, string>>, work: (ground: Playground) => Promise<void>) {
	const { scenarios } = await parts();
	const files = Object.entries(texts).map(([name, text]) => [`Scenarios/${name}.lifecycle.json`, text]);
	await withService({ ...shop(), ...Object.fromEntries(files) }, service =>
		work({ scenarios, service, at: name => service(name === '' ? 'Scenarios' : `Scenarios/${name}.lifecycle.json`) }),
	);
}

function itemsBelow({ controller }: ScenarioTests, folder: vscode.Uri): readonly vscode.TestItem[] {
	return [...controller.items].map(([, item]) => item).filter(({ id }) => id.startsWith(folder.toString()));
}

function itemAt({ controller }: ScenarioTests, uri: vscode.Uri): vscode.TestItem | undefined {
	return controller.items.get(uri.toString());
}

/** A watcher tells of new files when it likes; whoever presses Refresh need not wait for it. */
async function found(scenarios: ScenarioTests, ...uris: readonly vscode.Uri[]): Promise<vscode.TestItem[]> {
	await scenarios.controller.refreshHandler?.(new vscode.CancellationTokenSource().token);
	return uris.map(uri => itemAt(scenarios, uri) ?? assert.fail(`${uri.path} was not found`));
}

/** Runs these scenarios as the profiles do, and hears what the run is told. */
async function spied(scenarios: ScenarioTests, ...uris: readonly vscode.Uri[]) {
	const items = await found(scenarios, ...uris);
	const told: Told = { outcomes: [], messages: [], output: [], heard: () => {}, ended: () => {} };
	const request = new vscode.TestRunRequest(items);
	const { controller } = scenarios;
	const create = controller.createTestRun;
	const createSpied = (...given: Parameters<typeof create>): vscode.TestRun => {
		const own = create.apply(controller, given);
		const outcome =
			(word: string) =>
			(item: vscode.TestItem, ...rest: readonly unknown[]) => {
				told.outcomes.push(`${word} ${item.label}`);
				told.messages.push(...[rest[0] ?? []].flat().filter(each => each instanceof vscode.TestMessage));
				Reflect.apply(Reflect.get(own, word), own, [item, ...rest]);
			};
		return new Proxy(own, {
			get: (target, name) => {
				switch (name) {
					case 'passed':
					case 'failed':
					case 'errored':
					case 'skipped':
						return outcome(name);
					case 'appendOutput':
						return (text: string, ...rest: [vscode.Location?, vscode.TestItem?]) => {
							told.output.push(text);
							told.heard(text);
							own.appendOutput(text, ...rest);
						};
					case 'end':
						return () => {
							own.end();
							told.ended();
						};
					default:
						return Reflect.get(target, name);
				}
			},
		});
	};
	const none = new vscode.CancellationTokenSource().token;
	return {
		items,
		told,
		run: async (mode: 'run' | 'debug' | 'continuous', token = none): Promise<void> => {
			controller.createTestRun = createSpied;
			if (mode === 'continuous') {
				await scenarios.follow(request, token);
				token.onCancellationRequested(() => {
					controller.createTestRun = create;
				});
				return;
			}
			try {
				await scenarios.run(request, token, mode);
			} finally {
				controller.createTestRun = create;
			}
		},
	};
}
