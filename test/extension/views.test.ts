import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TimelinePanel } from '../../src/extension/history/timelinePanel';
import { topologyOf } from '../../src/extension/history/topologyModel';
import { topologyPicture } from '../../src/history/topologyPicture';
import { english } from '../../src/history/words';
import type { FromTimeline } from '../../src/views/timeline/protocol';
import { runOf } from './runs';
import { closeEditors, eventually, parts, shop, withService } from './support';

/** Its Run gives up after it has complained. */
const tired = `exports.onStart = () => console.log('the shop opens');
exports.run = async () => {
	try {
		throw new Error('no customers');
	} catch (error) {
		console.error(error);
	}
};
`;

/** The next thing of this kind that the page in the window asks. */
function asks<T extends FromTimeline['type']>(panel: TimelinePanel, type: T): Promise<FromTimeline & { type: T }> {
	return new Promise(resolve => {
		const listening = panel.onDidAsk(message => {
			if (message.type === type) {
				listening.dispose();
				resolve(message as FromTimeline & { type: T });
			}
		});
	});
}

/** The panel as soon as the script of its page runs: it asks for what passes its filter. */
async function timelineOf(key: string): Promise<TimelinePanel> {
	const { timelines } = await parts();
	const panel = timelines.of(key) ?? assert.fail('no timeline was opened');
	await asks(panel, 'filter');
	return panel;
}

function activeTab(): string | undefined {
	return vscode.window.tabGroups.activeTabGroup.activeTab?.label;
}

/** VS Code tells of a tab a moment after it is there. */
function tabIs(label: string): Promise<void> {
	// A service of another test that is just being deleted gives this one its folder's name too.
	const read = () => activeTab()?.replace(/ \(service-of-a-test-.*\)$/, '');
	return eventually(vscode.window.tabGroups.onDidChangeTabs, read, label);
}

async function activeText(): Promise<vscode.TextDocument> {
	return vscode.window.activeTextEditor?.document ?? assert.fail('no text is shown');
}

const everything = { from: 0, to: Number.MAX_SAFE_INTEGER / 2 };

suite('timeline, reasons and topology in the editor', () => {
	teardown(closeEditors);

	test('a role that keeps ending: why is told above its name, in the timeline, with the code and the page of the rule', async () => {
		await withService(shop(tired), async at => {
			const { running, histories, timelines } = await parts();
			const definition = at('ServiceDefinition.csdef').fsPath;
			const run = runOf(running, definition);
			await vscode.commands.executeCommand('rolewright.startService', definition);
			const restarted = () => (histories.of(definition)?.restarts.get('Clerk_IN_0')?.length ?? 0) > 1;
			await eventually(histories.onNews, restarted, true, 30_000);

			await vscode.window.showTextDocument(vscode.Uri.file(definition));
			const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
				'vscode.executeCodeLensProvider',
				vscode.Uri.file(definition),
				50,
			);
			const lens = lenses.find(({ command }) => command?.command === 'rolewright.explainRestart')?.command;
			assert.match(lens?.title ?? '', /^restarted \d+ times: Run returned$/);

			await vscode.commands.executeCommand('rolewright.explainRestart', { definition, instance: 'Clerk_IN_0' });
			const panel = timelines.of(definition) ?? assert.fail('no timeline was opened');
			const { n } = await asks(panel, 'details');
			await tabIs('Timeline of Shop');
			const reason = histories.lastReason(definition, { key: 'Clerk_IN_0' });
			assert.ok(n <= (reason?.n ?? 0), 'the page shows a restart of the instance');
			assert.match(reason?.sentence ?? '', /^Run returned at clerk\.js:4, most likely because .*Error: no customers; /);

			await panel.take({ type: 'act', n, action: 0 });
			const code = await activeText();
			assert.equal(code.uri.fsPath, at('Clerk/clerk.js').fsPath, 'the source, not the copy that runs');
			assert.equal(vscode.window.activeTextEditor?.selection.active.line, 3);

			await panel.take({ type: 'export', format: 'json', ...everything });
			const { lanes } = JSON.parse((await activeText()).getText());
			const names = lanes.map(({ name }: { name: string }) => name);
			assert.deepEqual(names, ['Clerk_IN_0', 'Clerk_IN_1']);

			await vscode.commands.executeCommand('rolewright.stopService', definition);
			await run.until(() => running.runOf(definition) === undefined);
			assert.ok(histories.of(definition), 'the journal can be looked at after the end');
		});
	});

	test('the whole journal of a run is read from its file', async () => {
		await withService(shop(), async at => {
			const { running, histories, timelines } = await parts();
			const definition = at('ServiceDefinition.csdef').fsPath;
			const run = runOf(running, definition);
			await vscode.commands.executeCommand('rolewright.startService', definition);
			await vscode.commands.executeCommand('rolewright.stopService', definition);
			await run.until(() => running.runOf(definition) === undefined);
			const panel = await timelines.open({ kind: 'service', definition });
			await panel.take({ type: 'whole' });
			await tabIs('Timeline of Shop, the whole run');
			const { journalFile = assert.fail('no journal was kept on disk'), entries } =
				histories.of(definition) ?? assert.fail('no journal was kept');
			const whole = timelines.of(vscode.Uri.file(journalFile).toString()) ?? assert.fail('no timeline of the file');
			await whole.take({ type: 'copy' });
			const copied = (await vscode.env.clipboard.readText()).trimEnd().split('\n');
			assert.equal(copied.length, entries.length);
		});
	});

	test('the journal of a command-line run is opened, filtered, copied and exported', async () => {
		const lines = [
			{ event: 'state', instance: 'Mill_IN_0', state: 'ReadyRole', text: 'Ready' },
			{ event: 'output', instance: 'Mill_IN_0', stream: 'stdout', text: 'flour' },
			{ event: 'restart', instance: 'Mill_IN_0', cause: [{ what: 'Run returned', detail: '' }], delay: 0 },
		].map((entry, index) => JSON.stringify({ n: index + 1, at: `2026-01-05T10:00:0${index}.000Z`, ...entry }));
		await withService({ 'night.journal.jsonl': `${lines.join('\n')}\n{"n":4,` }, async at => {
			const uri = at('night.journal.jsonl');
			await vscode.commands.executeCommand('rolewright.openJournal', uri);
			const panel = await timelineOf(uri.toString());
			assert.match(activeTab() ?? '', /^Timeline of .*night\.journal\.jsonl$/);
			await panel.take({ type: 'filter', filter: { text: 'flour' } });
			await panel.take({ type: 'copy' });
			assert.equal(await vscode.env.clipboard.readText(), '2\t2026-01-05T10:00:01.000Z\tMill_IN_0\tflour\n');
			for (const [format, expected] of [
				['svg', /^<svg xmlns/],
				['mermaid', /^```mermaid\ngantt\n/],
			] as const) {
				await panel.take({ type: 'export', format, ...everything });
				assert.match((await activeText()).getText(), expected);
			}
		});
	});

	test('what is no journal is refused with a sentence, and leaves no tab', async () => {
		await withService({ 'notes.jsonl': 'hello\n' }, async at => {
			const { timelines } = await parts();
			const uri = at('notes.jsonl');
			await vscode.commands.executeCommand('rolewright.openJournal', uri);
			assert.deepEqual([timelines.of(uri.toString()), activeTab()], [undefined, undefined]);
		});
	});

	test('the topology is there before a run, and the timeline waits for one', async () => {
		await withService(shop(), async at => {
			const definition = at('ServiceDefinition.csdef').fsPath;
			await vscode.commands.executeCommand('rolewright.showTopology', definition);
			await tabIs('Topology of Shop');
			const { index } = await parts();
			const { definition: model = assert.fail('no definition'), configurations } = index.modelOf(definition);
			const { shapes } = topologyPicture(topologyOf(model, configurations[0], undefined), english);
			const said = shapes.flatMap(shape => (shape.shape === 'box' && shape.says !== undefined ? [shape.says] : []));
			assert.deepEqual(said, [
				'Production deployment, not running',
				'Role Clerk, 2 instances',
				'Clerk_IN_0, not running, upgrade domain 0, fault domain 0',
				'Clerk_IN_1, not running, upgrade domain 1, fault domain 1',
			]);
			await vscode.commands.executeCommand('rolewright.showTimeline', definition);
			await timelineOf(definition);
			await tabIs('Timeline of Shop');
		});
	});
});
