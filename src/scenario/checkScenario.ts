import { nearest } from '../base/nearest';
import type { Problem } from '../base/problem';
import type { Token } from '../base/span';
import { indexOf, instanceId, isInstanceId, roleOf } from '../lifecycle/domains';
import { readAddress } from '../lifecycle/slots';
import type { EntryPattern, Expectation, Scenario, Step, StepNames } from './scenario';

/** What a scenario may name of its service; made from the definition and one configuration. */
export interface KnownService {
	readonly roles: readonly KnownRole[];
	/** The names of its configurations; left out where nobody proposes them. */
	readonly configurations?: readonly string[];
}

export interface KnownRole {
	readonly name: string;
	readonly count: number;
	readonly settings: readonly string[];
	readonly localResources: readonly string[];
}

/** Names in a scenario that its service does not have. */
export function checkScenario(scenario: Scenario, service: KnownService): readonly Problem[] {
	const roles = playedRoles(scenario, service);
	const check = nameChecks(roles, service, scenario);
	const problems = [
		...checkConfiguration(scenario, service),
		...[...(scenario.roles ?? []), ...scenario.counts.map(({ role }) => role)].flatMap(check.role),
		...scenario.steps.flatMap(step => [
			...check.names(step.names),
			...step.expect.flatMap(each => checkExpectation(each, check)),
		]),
		...scenario.expect.flatMap(each => checkExpectation(each, check)),
	];
	return problems.sort((a, b) => a.span.start - b.span.start);
}

/** A name is checked, in any case of letters, where it is known which there are; a file is looked for when it is played. */
function checkConfiguration({ configuration }: Scenario, { configurations }: KnownService): readonly Problem[] {
	if (!configuration || !configurations || /\.cscfg$/i.test(configuration.text)) {
		return [];
	}
	const name = configuration.text.toLowerCase();
	return configurations.some(each => each.toLowerCase() === name)
		? []
		: [
				unknown(
					configuration,
					`The service has no configuration "${configuration.text}"; ${hint(configuration.text, configurations, 'its configurations are')}.`,
				),
			];
}

/** The roles that run, each with the most instances that it has at any time. */
function playedRoles({ roles, counts, steps }: Scenario, service: KnownService): readonly KnownRole[] {
	const isConfigured = steps.some(({ action }) => action.command === 'configure');
	return service.roles
		.filter(({ name }) => roles === undefined || roles.some(role => role.text === name))
		.map(role => {
			const said = counts.find(count => count.role.text === role.name)?.count ?? role.count;
			const scaled = steps.flatMap(({ action }) =>
				action.command === 'scale' && readAddress(action.role).name === role.name ? [action.count] : [],
			);
			// Another configuration may have any count.
			return { ...role, count: isConfigured ? Number.POSITIVE_INFINITY : Math.max(said, ...scaled) };
		});
}

type Check = ReturnType<typeof nameChecks>;

function nameChecks(roles: readonly KnownRole[], service: KnownService, scenario: Scenario) {
	const names = service.roles.map(role => role.name);
	const roleNamed = (address = '') => roles.find(role => role.name === readAddress(address).name);

	const role = (token: Token): readonly Problem[] => {
		if (roleNamed(token.text)) {
			return [];
		}
		const isLeftOut =
			service.roles.some(each => each.name === readAddress(token.text).name) && scenario.roles !== undefined;
		return isLeftOut
			? [unknown(token, `The role "${token.text}" does not run in this scenario: add it to "roles".`)]
			: [unknown(token, `The service has no role "${token.text}"; ${hint(token.text, names, 'its roles are')}.`)];
	};
	const instance = (token: Token): readonly Problem[] => {
		const id = readAddress(token.text).name;
		if (!isInstanceId(id)) {
			const ids = roles.map(each => instanceId(each.name, 0));
			return [unknown(token, `"${token.text}" is no instance; ${hint(token.text, ids, 'instances are')}.`)];
		}
		const name = roleOf(id);
		const found = roleNamed(name);
		if (!found) {
			return role({ ...token, text: name });
		}
		return indexOf(id) < found.count
			? []
			: [
					unknown(
						token,
						`There is no instance "${token.text}": the role "${name}" has ${found.count} in this scenario.`,
					),
				];
	};
	const target = (token: Token): readonly Problem[] => {
		if (readAddress(token.text).name === 'all' || roleNamed(token.text)) {
			return [];
		}
		return isInstanceId(token.text) ? instance(token) : role(token);
	};
	const partOf = (found: KnownRole | undefined, token: Token | undefined, what: string, parts: readonly string[]) =>
		found && token && !parts.includes(token.text)
			? [
					unknown(
						token,
						`The role "${found.name}" has no ${what} "${token.text}"; ${hint(token.text, parts, 'it has')}.`,
					),
				]
			: [];
	return {
		role,
		target,
		names: (used: StepNames): readonly Problem[] => {
			const owner = roleNamed(used.role?.text ?? (used.instance && roleOf(used.instance.text)));
			return [
				...(used.role ? role(used.role) : []),
				...(used.instance ? instance(used.instance) : []),
				...(used.target ? target(used.target) : []),
				...(used.roles ?? []).flatMap(role),
				...partOf(owner, used.setting, 'setting', owner?.settings ?? []),
				...partOf(owner, used.resource, 'local resource', owner?.localResources ?? []),
			];
		},
	};
}

function checkExpectation({ states, events, never, output, files }: Expectation, check: Check): readonly Problem[] {
	const patterns: readonly EntryPattern[] = [...events, ...never, ...output];
	const named: readonly Pick<Step, 'names'>[] = [...patterns, ...files];
	return [...states.flatMap(state => check.target(state.target)), ...named.flatMap(each => check.names(each.names))];
}

function hint(name: string, candidates: readonly string[], listed: string): string {
	const meant = nearest(name, candidates);
	return meant === undefined ? `${listed} ${candidates.join(', ') || 'none'}` : `"${meant}" may be meant`;
}

function unknown({ start, end }: Token, message: string): Problem {
	return { code: 'scenarioUnknownName', severity: 'error', layer: 'rule', message, span: { start, end } };
}
