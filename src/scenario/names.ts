import type { Span } from '../base/span';
import { instanceId, roleOf } from '../lifecycle/domains';
import { readAddress } from '../lifecycle/slots';
import type { KnownRole, KnownService } from './checkScenario';
import { type ScenarioSpot, spotIn } from './spot';
import { stepWords } from './stepWords';

/** A name of the service that may stand at the cursor. */
export interface NameProposal {
	readonly label: string;
	/** What takes the place of `replace`, in quotation marks. */
	readonly text: string;
	readonly replace: Span;
	readonly kind: NameKind;
}

export type NameKind = 'role' | 'instance' | 'target' | 'setting' | 'resource' | 'configuration';

/** More instances of a role than this are not proposed one by one. */
const mostInstances = 20;

/** The names that its service has for this place of a scenario; none where the schema alone knows what may stand there. */
export function nameProposals(text: string, offset: number, service: KnownService): readonly NameProposal[] {
	const spot = spotIn(text, offset);
	const kind = spot && kindAt(spot);
	return spot && kind
		? namesOf(kind, spot, service).map(label => ({
				...{ label, kind, replace: spot.replace },
				text: JSON.stringify(label),
			}))
		: [];
}

/** What the name at the cursor is, in Markdown; `undefined` where it is none that the service has. */
export function nameHover(
	text: string,
	offset: number,
	service: KnownService,
): { readonly text: string; readonly span: Span } | undefined {
	const spot = spotIn(text, offset);
	const kind = spot && kindAt(spot);
	if (!spot || !kind || spot.text === '') {
		return undefined;
	}
	const { name } = readAddress(spot.text);
	const role = service.roles.find(each => each.name === roleOf(name)) ?? roleBeside(spot, service);
	const words = role && wordsOf(kind, name, role);
	return words === undefined ? undefined : { text: words, span: spot.replace };
}

/** What is meant by a placeholder of the usage of the commands. */
const placeholders: Readonly<Record<string, NameKind>> = {
	INSTANCE: 'instance',
	ROLE: 'role',
	'INSTANCE|ROLE|all': 'target',
	SETTING: 'setting',
	RESOURCE: 'resource',
	FILE: 'configuration',
};

/** The same property means the same wherever it stands. */
const properties: Readonly<Record<string, NameKind>> = {
	...{ instance: 'instance', roles: 'role', setting: 'setting', resource: 'resource' },
	configuration: 'configuration',
};

function kindAt({ as, path, beside }: ScenarioSpot): NameKind | undefined {
	const last = path.at(-1) ?? '';
	if (as === 'name') {
		return { counts: 'role' as const, states: 'target' as const }[last];
	}
	const isStep = path.length === 2 && path[0] === 'steps';
	if (isStep && (last !== 'resource' || !beside.has('write'))) {
		const first = stepWords.get(last)?.first;
		const argument = [...beside.keys()]
			.flatMap(word => stepWords.get(word)?.others ?? [])
			.find(other => other.name === last);
		return placeholders[(first ?? argument)?.placeholder ?? ''];
	}
	return properties[last];
}

function namesOf(kind: NameKind, spot: ScenarioSpot, { roles, configurations = [] }: KnownService): readonly string[] {
	const names = roles.map(({ name }) => name);
	const instances = roles.flatMap(({ name, count }) =>
		Array.from({ length: Math.min(count, mostInstances) }, (_, index) => instanceId(name, index)),
	);
	const owner = roleBeside(spot, { roles });
	const parts = (of: (role: KnownRole) => readonly string[]) => [...new Set((owner ? [owner] : roles).flatMap(of))];
	switch (kind) {
		case 'role':
			return names;
		case 'instance':
			return instances;
		case 'target':
			return ['all', ...names, ...instances];
		case 'setting':
			return parts(role => role.settings);
		case 'resource':
			return parts(role => role.localResources);
		case 'configuration':
			return configurations;
	}
}

/** The role that the other properties of the same object speak of. */
function roleBeside({ beside }: ScenarioSpot, { roles }: Pick<KnownService, 'roles'>): KnownRole | undefined {
	const named = [...beside.values()].map(value => roleOf(readAddress(value).name));
	return roles.find(({ name }) => named.includes(name));
}

function wordsOf(kind: NameKind, name: string, role: KnownRole): string | undefined {
	switch (kind) {
		case 'setting':
			return role.settings.includes(name) ? `Setting \`${name}\` of the role \`${role.name}\`.` : undefined;
		case 'resource':
			return role.localResources.includes(name)
				? `Local resource \`${name}\` of the role \`${role.name}\`.`
				: undefined;
		case 'role':
		case 'instance':
		case 'target': {
			const count = role.count === 1 ? '1 instance' : `${role.count} instances`;
			return [
				`Role \`${role.name}\`: ${count} in this configuration.`,
				...listed('Settings', role.settings),
				...listed('Local resources', role.localResources),
			].join('\n\n');
		}
		case 'configuration':
			return undefined;
	}
}

function listed(title: string, names: readonly string[]): readonly string[] {
	return names.length === 0 ? [] : [`${title}: ${names.map(name => `\`${name}\``).join(', ')}`];
}
