import * as vscode from 'vscode';
import { readAddress } from '../../lifecycle/slots';
import type { RoleDefinition } from '../../model/definition';
import { elementAt } from '../../xml/spot';
import { attribute, type XmlElement } from '../../xml/syntax';
import { MendableFailure, offer } from '../commands';
import { kindWords } from '../tree/instanceWords';
import { pathOf } from '../workspace/editorText';
import type { ServiceIndex } from '../workspace/serviceIndex';

/**
 * The role that a command is about: the one it was called on (a node of the tree), else the one in whose element the
 * cursor stands, else the only one that suits, else the one that the user picks. Throws a `Failure` where none suits.
 */
export async function chooseRole(
	index: ServiceIndex,
	definition: string,
	target: unknown,
	suits: (role: RoleDefinition) => boolean,
): Promise<string | undefined> {
	const asked = roleIn(target);
	if (asked !== undefined) {
		return asked;
	}
	const roles = index.modelOf(definition).definition?.roles.filter(({ name }) => name?.text) ?? [];
	const here = roleAtCursor(index, definition);
	const found = roles.find(({ name }) => name?.text === here);
	if (found?.name && suits(found)) {
		return found.name.text;
	}
	const suitable = roles.filter(suits);
	const [only, ...others] = suitable;
	if (only === undefined) {
		throw new MendableFailure(
			roles.length === 0
				? vscode.l10n.t('The service has no roles; add one first.')
				: vscode.l10n.t('A role of this kind cannot have it: {0}. Add a role of another kind first.', kindsOf(roles)),
			offer(vscode.l10n.t('Add Role'), 'rolewright.addRole', definition),
		);
	}
	return others.length === 0 ? only.name?.text : pickRole(suitable);
}

function kindsOf(roles: readonly RoleDefinition[]): string {
	return [...new Set(roles.map(({ kind }) => kindWords(kind)))].join(', ');
}

async function pickRole(roles: readonly RoleDefinition[]): Promise<string | undefined> {
	const items = roles.map(({ name, kind }) => ({ label: name?.text ?? '', description: kindWords(kind) }));
	return (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Which role?') }))?.label;
}

/** A node of the tree names its role by an address, since a service may have two deployments. */
function roleIn(target: unknown): string | undefined {
	const isNode = typeof target === 'object' && target !== null && 'role' in target;
	return isNode && typeof target.role === 'string' ? readAddress(target.role).name : undefined;
}

const roleElements = new Set(['WebRole', 'WorkerRole', 'VirtualMachineRole', 'Role']);

function roleAtCursor(index: ServiceIndex, definition: string): string | undefined {
	const editor = vscode.window.activeTextEditor;
	const found = editor && index.at(pathOf(editor.document.uri));
	if (!editor || !found || found.service.definition?.path !== definition) {
		return undefined;
	}
	const offset = editor.document.offsetAt(editor.selection.active);
	for (let at: XmlElement | undefined = elementAt(found.file.document, offset); at; at = at.parent) {
		if (roleElements.has(at.localName)) {
			return attribute(at, 'name')?.value;
		}
	}
	return undefined;
}
