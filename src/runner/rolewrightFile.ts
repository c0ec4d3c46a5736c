import { Failure } from '../base/failure';
import { isAddress } from '../lifecycle/endpoints/accessList';
import { type Severities, severityChoices } from '../model/severities';
import { readCommentedJson } from './commentedJson';
import { choice, entries, fileBeside, nonEmptyText, onlyNames, optional, record } from './jsonValues';
import { type RoleSettings, readRole } from './roleSettings';

/** `rolewright.json` beside the definition (interfaces.md 3, `schemas/rolewright.schema.json`); all of it is optional. */
export interface RolewrightFile {
	readonly roles: Readonly<Record<string, RoleSettings>>;
	readonly platform?: 'classic' | 'extended';
	/** Access control lists are applied; each address of this machine here stands for the other. */
	readonly accessControls?: { readonly clients: Readonly<Record<string, string>> };
	/** The command line that starts Azurite, or `off` where the storage emulator is somebody else's business. */
	readonly azurite?: string;
	/** Code of a problem to how severe it is here. */
	readonly severity: Severities;
	/** The file with the values that are laid over the configurations, and that source control does not see. */
	readonly secrets?: string;
}

export const emptyRolewrightFile: RolewrightFile = { roles: {}, severity: {} };

/** Throws a `Failure` that names the file, the property and what may stand there. */
export function readRolewrightFile(path: string, text: string): RolewrightFile {
	const content = record(path, 'The file', readCommentedJson(path, text));
	onlyNames(path, 'The file', content, [
		'$schema',
		'roles',
		'platform',
		'severity',
		'azurite',
		'secrets',
		'accessControls',
	]);
	const platform = optional(content.platform, value => choice(path, "'platform'", value, ['classic', 'extended']));
	return {
		roles: entries(path, "'roles'", content.roles, (role, value) => readRole(path, `'roles.${role}'`, value)),
		...(platform && { platform }),
		...optional(content.accessControls, entry => readAccessControls(path, entry)),
		...optional(content.secrets, entry => ({ secrets: fileBeside(path, "'secrets'", entry) })),
		...optional(content.azurite, entry => ({ azurite: nonEmptyText(path, "'azurite'", entry) })),
		severity: entries(path, "'severity'", content.severity, (code, value) =>
			choice(path, `'severity.${code}'`, value, severityChoices),
		),
	};
}

function readAccessControls(path: string, value: unknown): Pick<RolewrightFile, 'accessControls'> {
	if (typeof value === 'boolean') {
		return value ? { accessControls: { clients: {} } } : {};
	}
	const content = record(path, "'accessControls'", value);
	onlyNames(path, "'accessControls'", content, ['clients']);
	const address = (place: string, entry: unknown): string => {
		const text = nonEmptyText(path, place, entry);
		if (!isAddress(text)) {
			throw new Failure(`${path}: ${place} must be an address of IPv4, such as 203.0.113.7.`);
		}
		return text;
	};
	const clients = entries(path, "'accessControls.clients'", content.clients, (from, to) => {
		if (!from.startsWith('127.') || !isAddress(from)) {
			throw new Failure(
				`${path}: 'accessControls.clients' has '${from}', which is no loopback address: write 127.0.0.2 or another of 127.0.0.0/8.`,
			);
		}
		return address(`'accessControls.clients.${from}'`, to);
	});
	return { accessControls: { clients } };
}
