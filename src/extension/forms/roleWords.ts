import * as vscode from 'vscode';
import type { RoleKind } from '../../model/definition';
import { fileOf } from '../../model/paths';
import type { RoleWords } from '../../views/role/protocol';
import { kindWords } from '../tree/instanceWords';
import type { RoleModelWords } from './roleModel';

export function roleModelWords(kind: RoleKind): RoleModelWords {
	const { l10n } = vscode;
	return {
		kind: kindWords(kind),
		sections: {
			role: l10n.t('Size'),
			instances: l10n.t('Instances'),
			endpoint: l10n.t('Endpoints'),
			setting: l10n.t('Settings'),
			localStorage: l10n.t('Local Storage'),
			certificate: l10n.t('Certificates'),
			startupTask: l10n.t('Startup Tasks'),
		},
		adds: {
			endpoint: l10n.t('Add Endpoint'),
			setting: l10n.t('Add Setting'),
			localStorage: l10n.t('Add Local Storage'),
			certificate: l10n.t('Add Certificate'),
			// A VM role has none (csdef.md 4.2).
			...(kind !== 'VirtualMachineRole' && { startupTask: l10n.t('Add Startup Task') }),
		},
		fromImport: l10n.t('from an import'),
		undeclared: l10n.t('not declared in the definition'),
		emulatorOnly: l10n.t('Works on the emulator only.'),
		inFile: (path, message) => l10n.t('{0}: {1}', fileOf(path), message),
	};
}

export function rolePageWords(): RoleWords {
	const { l10n } = vscode;
	return {
		undo: l10n.t('Undo'),
		openText: l10n.t('Open Text'),
		configurations: l10n.t('Configurations'),
		rename: l10n.t('Rename'),
		remove: l10n.t('Remove'),
		removeNamed: l10n.t('Remove {0}'),
		renameNamed: l10n.t('Rename {0}'),
		openNamed: l10n.t('Open text of {0}'),
		none: l10n.t('None.'),
		notGiven: l10n.t('not given'),
		defaultIs: l10n.t('default: {0}'),
		missing: l10n.t('Missing'),
		addMissing: l10n.t('Add'),
		show: l10n.t('Show'),
		hide: l10n.t('Hide'),
		ofField: l10n.t('{0} {1}'),
		hidden: l10n.t('hidden; what you type takes its place'),
		help: l10n.t(
			'Enter takes a value, Escape leaves it. Everything is written into the texts, unsaved; Ctrl+Z takes it back.',
		),
		'severity:error': l10n.t('Error'),
		'severity:warning': l10n.t('Warning'),
		'severity:information': l10n.t('Information'),
		'severity:hint': l10n.t('Hint'),
		problemsAre: l10n.t('Problems of the role: {0}'),
		noProblems: l10n.t('The role has no problems.'),
	};
}
