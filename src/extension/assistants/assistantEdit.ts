import * as vscode from 'vscode';
import { Failure } from '../../base/failure';
import { isSecret, maskSecret } from '../../base/secrets';
import type { Edit } from '../../base/span';
import { type RowSubject, valueIn } from '../../compare/matrix';
import { setValue } from '../../compare/matrixEdits';
import type { Configuration } from '../../model/configuration';
import { requiredSettings } from '../../model/declared';
import { fileOf } from '../../model/paths';
import { currentConfiguration } from '../run/currentConfiguration';
import { addEdits, linesOf, uriOf } from '../workspace/editorText';
import { numberGiven, serviceGiven, textGiven } from './assistantInput';
import type { AssistantParts, AssistantTool } from './assistants';

/** More instances are no typical wish of a person, and each is a process. */
const mostInstances = 100;

/**
 * Gives a setting another value, or a role another number of instances, in one configuration: an edit in the editor that
 * one undo takes back, and that counts when the person saves it.
 */
export function editTool(parts: AssistantParts): AssistantTool {
	return {
		doing: () => vscode.l10n.t('Changing a configuration'),
		confirm: input => {
			const { configuration, subject, value } = asked(input, parts);
			const before = valueIn(configuration, subject);
			const [from, to] = [before, value].map(each => shown(subject, each));
			const file = vscode.workspace.asRelativePath(configuration.path);
			return {
				title: vscode.l10n.t('Change {0}?', file),
				message:
					subject.kind === 'setting'
						? vscode.l10n.t(
								'An assistant wants to change the setting {0} of the role {1} in {2}: {3} → {4}. The file is not saved, and one undo takes it back.',
								...[subject.name, subject.role ?? '', file, from ?? '', to ?? ''],
							)
						: vscode.l10n.t(
								'An assistant wants to change the number of instances of the role {0} in {1}: {2} → {3}. The file is not saved, and one undo takes it back.',
								...[subject.role ?? '', file, from ?? '', to ?? ''],
							),
			};
		},
		answer: async input => {
			const { configuration, edits } = asked(input, parts);
			if (edits.length === 0) {
				return `Nothing to change: ${fileOf(configuration.path)} says this already.`;
			}
			const uri = uriOf(configuration.path);
			const change = new vscode.WorkspaceEdit();
			addEdits(change, configuration.path, edits, linesOf(configuration.document));
			if (!(await vscode.workspace.applyEdit(change))) {
				throw new Failure(`${configuration.path} could not be edited.`);
			}
			await vscode.window.showTextDocument(uri, { preserveFocus: true, preview: false });
			return `Changed ${configuration.path} in the editor. It is not saved: a running service takes it when the person saves the file, and an undo takes it back.`;
		},
	};
}

interface Asked {
	readonly configuration: Configuration;
	readonly subject: RowSubject;
	readonly value: string;
	readonly edits: readonly Edit[];
}

function asked(input: unknown, parts: AssistantParts): Asked {
	const { definition: path } = serviceGiven(input, parts.index);
	const { definition } = parts.index.modelOf(path);
	const configuration = configurationGiven(input, path, parts);
	const roles = definition?.roles ?? [];
	const name = textGiven(input, 'role');
	const role = roles.find(each => each.name?.text === name);
	if (!role || name === undefined) {
		throw new Failure(`Give one of these as 'role': ${roles.flatMap(each => each.name?.text ?? []).join(', ')}.`);
	}
	const [subject, value] = change(input, name, requiredSettings(role));
	return { configuration, subject, value, edits: setValue(configuration, subject, value, definition) };
}

function change(input: unknown, role: string, settings: readonly string[]): readonly [RowSubject, string] {
	const setting = textGiven(input, 'setting');
	const instances = numberGiven(input, 'instances');
	if ((setting === undefined) === (instances === undefined)) {
		throw new Failure("Give either 'setting' with 'value', or 'instances'.");
	}
	if (instances !== undefined) {
		if (instances > mostInstances) {
			throw new Failure(`More than ${mostInstances} instances are for the person to ask for.`);
		}
		return [{ kind: 'instances', role, name: '' }, String(instances)];
	}
	if (setting === undefined || !settings.includes(setting)) {
		throw new Failure(`The settings that ${role} declares are: ${settings.join(', ') || 'none'}.`);
	}
	return [{ kind: 'setting', role, name: setting }, textGiven(input, 'value') ?? ''];
}

/** By its name (`Cloud`) or that of its file; without one the one that runs, or would be started with. */
function configurationGiven(input: unknown, definition: string, parts: AssistantParts): Configuration {
	const { index, running, settings } = parts;
	const said = textGiven(input, 'configuration');
	const { configurations } = index.modelOf(definition);
	const found =
		said === undefined
			? currentConfiguration(definition, index, running, settings)
			: configurations.find(({ name, path }) => [name, path, fileOf(path)].includes(said));
	if (!found) {
		const names = configurations.map(({ name, path }) => name || fileOf(path)).join(', ');
		throw new Failure(`Give one of these as 'configuration': ${names || 'none'}.`);
	}
	return found;
}

function shown({ kind, name }: RowSubject, value: string | undefined): string {
	if (value === undefined) {
		return vscode.l10n.t('none');
	}
	return kind === 'setting' && isSecret(name, value) ? maskSecret(value) : `"${value}"`;
}
