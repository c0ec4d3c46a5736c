import * as vscode from 'vscode';
import { mermaidBlock } from '../../history/markup';
import type { Topology } from '../../history/topology';
import { topologyMermaid } from '../../history/topologyMermaid';
import { topologyPicture } from '../../history/topologyPicture';
import { topologySvg } from '../../history/topologySvg';
import { fileOf } from '../../model/paths';
import type { FromTopology, TopologyWords, ToTopology } from '../../views/topology/protocol';
import { type Coalesced, coalesce } from '../coalesce';
import { command, report } from '../commands';
import { currentConfiguration } from '../run/currentConfiguration';
import type { RunningServices } from '../run/runningServices';
import { runWords } from '../tree/instanceWords';
import { openPage, type Page, restorePages } from '../webviewPage';
import { chooseService } from '../workspace/serviceChoice';
import type { ServiceIndex } from '../workspace/serviceIndex';
import type { Settings } from '../workspace/settings';
import type { WorkspaceFiles } from '../workspace/workspaceFiles';
import { topologyOf } from './topologyModel';

/** Milliseconds in which changes are gathered before a picture is drawn anew. */
const redrawAfter = 100;

/** The topology of a service in a tab: from its files, and live while it runs. */
export function registerTopology(
	extension: vscode.Uri,
	index: ServiceIndex,
	files: WorkspaceFiles,
	running: RunningServices,
	settings: Settings,
	log: vscode.LogOutputChannel,
): vscode.Disposable {
	const pages = new Map<string, TopologyPage>();
	const redraw: Coalesced<string> = coalesce(redrawAfter, definitions => {
		for (const definition of definitions) {
			pages.get(definition)?.draw();
		}
	});
	const open = (definition: string, kept?: vscode.WebviewPanel) => {
		const known = pages.get(definition);
		if (known) {
			known.reveal();
			return;
		}
		const about = { definition, index, running, settings, log };
		pages.set(definition, new TopologyPage(extension, about, () => pages.delete(definition), kept));
	};
	return vscode.Disposable.from(
		redraw,
		running.onDidChange(definition => redraw.add(definition)),
		files.onDidChange(() => {
			for (const definition of pages.keys()) {
				redraw.add(definition);
			}
		}),
		restorePages('topology', (subject, panel) => {
			if (typeof subject === 'string') {
				open(subject, panel);
			} else {
				panel.dispose();
			}
		}),
		command('showTopology', log, async argument => {
			const service = await chooseService(index, argument);
			return service && open(service.definition);
		}),
		new vscode.Disposable(() => {
			for (const page of [...pages.values()]) {
				page.dispose();
			}
		}),
	);
}

interface About {
	readonly definition: string;
	readonly index: ServiceIndex;
	readonly running: RunningServices;
	readonly settings: Settings;
	readonly log: vscode.LogOutputChannel;
}

class TopologyPage {
	private readonly page: Page<ToTopology>;

	constructor(
		extension: vscode.Uri,
		private readonly about: About,
		closed: () => void,
		kept: vscode.WebviewPanel | undefined,
	) {
		const { definition, log } = about;
		this.page = openPage<ToTopology, FromTopology>(
			extension,
			{
				...{ name: 'topology', title: this.title(), subject: definition },
				words: topologyWords(),
				onLoaded: () => this.draw(),
				onMessage: message => void this.take(message).catch(error => report(error, log)),
				onDidDispose: closed,
			},
			kept,
		);
	}

	reveal(): void {
		this.page.reveal();
	}

	dispose(): void {
		this.page.dispose();
	}

	draw(): void {
		if (!this.page.isLoaded) {
			return;
		}
		const { definition, running } = this.about;
		this.page.entitle(this.title());
		const picture = topologyPicture(this.topology(), vscode.l10n);
		this.page.post({ type: 'picture', picture, status: runWords(running.runOf(definition)) });
	}

	private title(): string {
		const { definition, index } = this.about;
		return vscode.l10n.t('Topology of {0}', index.serviceAt(definition)?.name ?? fileOf(definition));
	}

	private topology(): Topology {
		const { definition, index, running, settings } = this.about;
		const model = index.modelOf(definition);
		const run = running.runOf(definition);
		const configuration = currentConfiguration(definition, index, running, settings);
		return model.definition
			? topologyOf(model.definition, configuration, run?.snapshot)
			: { service: fileOf(definition), deployments: [] };
	}

	private async take(message: FromTopology): Promise<void> {
		const { definition } = this.about;
		switch (message.type) {
			case 'export': {
				const topology = this.topology();
				const [language, content] =
					message.format === 'svg'
						? (['xml', topologySvg(topologyPicture(topology, vscode.l10n))] as const)
						: (['markdown', mermaidBlock(topologyMermaid(topology))] as const);
				const document = await vscode.workspace.openTextDocument({ language, content });
				await vscode.window.showTextDocument(document, { preview: false });
				return;
			}
			case 'open': {
				const { role, instance } = message;
				const isRunning = this.about.running.runOf(definition)?.service !== undefined;
				await (instance !== undefined && isRunning
					? vscode.commands.executeCommand('rolewright.showOutput', { definition, instance })
					: vscode.commands.executeCommand('rolewright.openDefinition', { definition, role }));
				return;
			}
		}
	}
}

function topologyWords(): TopologyWords {
	const { l10n } = vscode;
	return {
		picture: l10n.t('Topology'),
		pictureHelp: l10n.t(
			'The arrow keys go to the next thing in their direction. Enter opens the definition of a role, or the output of an instance that runs.',
		),
		zoomIn: l10n.t('Zoom In'),
		zoomOut: l10n.t('Zoom Out'),
		exportAs: l10n.t('Export as {0}'),
		asText: l10n.t('As Text'),
	};
}
