import * as vscode from 'vscode';
import { Failure } from '../../base/failure';
import type { Histories } from '../history/histories';
import type { RunningServices } from '../run/runningServices';
import type { ServiceIndex } from '../workspace/serviceIndex';
import type { Settings } from '../workspace/settings';
import { editTool } from './assistantEdit';
import { injectTool } from './assistantInject';
import { explainTool, journalTool, problemsTool, topologyTool } from './assistantReading';
import { type LanguageModelTool, languageModels, textResult } from './languageModels';

/** What the tools look at. */
export interface AssistantParts {
	readonly index: ServiceIndex;
	readonly running: RunningServices;
	readonly histories: Histories;
	readonly settings: Settings;
}

/** A tool for language models; `package.json` describes each to the model and says what it takes. */
export interface AssistantTool {
	/** What is shown while it works, in the person's language. */
	doing(input: unknown): string;
	/** What a person has to agree to before it is done; a tool that only reads has none. Throws a `Failure` where it cannot be done. */
	confirm?(input: unknown): { readonly title: string; readonly message: string };
	/** Text for the model, in English: sentences and JSON. Throws a `Failure` that says what to ask instead. */
	answer(input: unknown): string | Promise<string>;
}

/** The tools by the names that `package.json` gives them. */
export function assistantTools(parts: AssistantParts): Readonly<Record<string, AssistantTool>> {
	return {
		rolewright_topology: topologyTool(parts),
		rolewright_problems: problemsTool(parts),
		rolewright_journal: journalTool(parts),
		rolewright_explainRestart: explainTool(parts),
		rolewright_injectEvent: injectTool(parts),
		rolewright_edit: editTool(parts),
	};
}

/** Offers the tools to the language models of an editor that has them. */
export function registerAssistants(parts: AssistantParts, models = languageModels()): vscode.Disposable {
	const registered = Object.entries(assistantTools(parts)).flatMap(([name, tool]) =>
		models ? models.registerTool(name, guardedTool(tool)) : [],
	);
	return vscode.Disposable.from(...registered);
}

/**
 * In a workspace without trust no tool answers, not even one that reads: what stands in the files of strangers would be
 * told to the model as if the person had said it.
 */
function guardedTool(tool: AssistantTool): LanguageModelTool {
	return {
		prepareInvocation: ({ input }) => {
			refuseUntrusted();
			const asked = tool.confirm?.(input);
			// The words may come from the model: they are shown as text, whatever Markdown they look like.
			const message = asked && new vscode.MarkdownString().appendText(asked.message);
			return {
				invocationMessage: tool.doing(input),
				...(asked && message && { confirmationMessages: { title: asked.title, message } }),
			};
		},
		invoke: async ({ input }) => {
			refuseUntrusted();
			return textResult(await tool.answer(input));
		},
	};
}

function refuseUntrusted(): void {
	if (!vscode.workspace.isTrusted) {
		throw new Failure(
			vscode.l10n.t('The tools of Rolewright answer in a trusted workspace only; trust this folder to use them.'),
		);
	}
}
