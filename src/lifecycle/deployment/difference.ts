import { sameValue } from '../../base/sameValue';
import { isSecret, maskSecret } from '../../base/secrets';
import { hasInternalEndpoint } from '../actor/environment';
import type { AccessList } from '../endpoints/accessList';
import type { Change } from '../instance/instance';
import type { SettingDifference } from '../journal/journal';
import type { DeploymentPlan, EndpointPlan, RolePlan } from '../plan/deploymentPlan';
import type { EnvironmentChange } from '../roleEnvironment';

/** What a new configuration changes, role by role; empty lists mean that nothing differs. */
export interface Difference {
	/** For the journal, secrets masked. */
	readonly entries: readonly SettingDifference[];
	readonly roles: readonly RoleDifference[];
	/** Sentences about differences that a running deployment cannot take. */
	readonly refused: readonly string[];
}

export interface RoleDifference {
	readonly role: string;
	readonly settings: readonly string[];
	readonly certificates: readonly string[];
	readonly count: { readonly from: number; readonly to: number } | undefined;
	/** Endpoints that admit others from now on; the load balancer takes that, and no instance hears of it. */
	readonly access: readonly string[];
}

export function planDifference(before: DeploymentPlan, after: DeploymentPlan): Difference {
	const known = byName(before);
	const pairs = after.roles.flatMap(role => {
		const old = known.get(role.name);
		// A role that is the very same has no differences.
		return old && old !== role ? [{ old, role }] : [];
	});
	const roles = pairs.map(({ old, role }) => roleDifference(old, role)).filter(differs);
	return {
		entries: pairs.flatMap(({ old, role }) => entriesOf(old, role)),
		roles,
		refused: refusals(before, after),
	};
}

function roleDifference(old: RolePlan, role: RolePlan): RoleDifference {
	return {
		role: role.name,
		settings: changedKeys(old.settings, role.settings),
		certificates: changedKeys(old.certificates, role.certificates),
		count: old.count === role.count ? undefined : { from: old.count, to: role.count },
		access: role.endpoints
			.filter(({ name, access }) => !sameValue(access, accessTo(old, name)))
			.map(({ name }) => name),
	};
}

function differs({ settings, certificates, count, access }: RoleDifference): boolean {
	return settings.length > 0 || certificates.length > 0 || count !== undefined || access.length > 0;
}

function accessTo({ endpoints }: RolePlan, endpoint: string): AccessList | undefined {
	return endpoints.find(({ name }) => name === endpoint)?.access;
}

type Values = Readonly<Record<string, string>>;

function changedKeys(old: Values, values: Values): readonly string[] {
	return [...new Set([...Object.keys(old), ...Object.keys(values)])].filter(
		key => valueIn(old, key) !== valueIn(values, key),
	);
}

/** Names come from files: `toString` is one like any other. */
function valueIn(values: Values, key: string): string | undefined {
	return Object.hasOwn(values, key) ? values[key] : undefined;
}

function entriesOf(old: RolePlan, role: RolePlan): readonly SettingDifference[] {
	const settings = changedKeys(old.settings, role.settings).map(setting => ({
		role: role.name,
		setting,
		from: shown(setting, valueIn(old.settings, setting)),
		to: shown(setting, valueIn(role.settings, setting)),
	}));
	const certificates = changedKeys(old.certificates, role.certificates).map(name => ({
		role: role.name,
		setting: name,
		from: valueIn(old.certificates, name),
		to: valueIn(role.certificates, name),
	}));
	const count = old.count === role.count ? [] : [{ role: role.name, from: String(old.count), to: String(role.count) }];
	return [...settings, ...certificates, ...count];
}

function shown(name: string, value: string | undefined): string | undefined {
	return value !== undefined && isSecret(name, value) ? maskSecret(value) : value;
}

function refusals(before: DeploymentPlan, after: DeploymentPlan): readonly string[] {
	const [old, now] = [byName(before), byName(after)];
	const added = after.roles.filter(role => !old.has(role.name));
	const gone = before.roles.filter(role => !now.has(role.name));
	const rest = 'Stop the service and start it again to take that.';
	return [
		...added.map(role => `Role '${role.name}' is new and is not started while the service runs. ${rest}`),
		...gone.map(role => `Role '${role.name}' is missing in the new configuration and runs on. ${rest}`),
		...after.roles.flatMap(role => {
			const former = old.get(role.name);
			return former && former !== role && fixedPart(former) !== fixedPart(role)
				? [
						`Role '${role.name}': only settings, certificates, access control lists and the instance count change while it runs. ${rest}`,
					]
				: [];
		}),
	];
}

function byName({ roles }: DeploymentPlan): ReadonlyMap<string, RolePlan> {
	return new Map(roles.map(role => [role.name, role]));
}

/** Everything that a configuration change may not touch. */
function fixedPart(role: RolePlan): string {
	const { settings: _settings, certificates: _certificates, count: _count, staged: _staged, ...fixed } = role;
	return JSON.stringify({ ...fixed, endpoints: fixed.endpoints.map(({ access: _access, ...endpoint }) => endpoint) });
}

/** The plan that a running deployment takes of a new one: its settings, certificates, access lists and counts, and nothing else. */
export function acceptedPlan(before: DeploymentPlan, after: DeploymentPlan): DeploymentPlan {
	return {
		...before,
		roles: before.roles.map(old => {
			const role = after.roles.find(other => other.name === old.name);
			if (!role) {
				return old;
			}
			const { settings, certificates, count } = role;
			return { ...old, settings, certificates, count, endpoints: old.endpoints.map(each => admitting(each, role)) };
		}),
	};
}

function admitting({ access: _before, ...endpoint }: EndpointPlan, role: RolePlan): EndpointPlan {
	const access = accessTo(role, endpoint.name);
	return { ...endpoint, ...(access && { access }) };
}

/** What an instance of this role is told, in order (role-lifecycle.md 6). A restart takes the other changes with it. */
export function changesFor(role: string, difference: Difference, plan: DeploymentPlan): readonly Change[] {
	const own = difference.roles.find(other => other.role === role);
	const settings = (own?.settings ?? []).map((name): EnvironmentChange => ({ kind: 'setting', name }));
	const topology = topologyChanges(difference, plan);
	if (own !== undefined && own.certificates.length > 0) {
		const thumbprints = plan.roles.find(other => other.name === role)?.certificates ?? {};
		const certificates = own.certificates.map(
			(name): EnvironmentChange => ({ kind: 'certificate', thumbprint: valueIn(thumbprints, name) ?? '' }),
		);
		return [{ manner: 'restart', changes: [...certificates, ...settings, ...topology] }];
	}
	const walked = plan.topologyChangeDiscovery === 'Blast' ? settings : [...settings, ...topology];
	return walked.length === 0 ? [] : [{ manner: 'ask', changes: walked }];
}

/** Told to all instances at once where the definition says `Blast`. */
export function simultaneousChange(difference: Difference, plan: DeploymentPlan): Change | undefined {
	const changes = plan.topologyChangeDiscovery === 'Blast' ? topologyChanges(difference, plan) : [];
	return changes.length === 0 ? undefined : { manner: 'simultaneous', changes };
}

/** Existing instances hear of a changed count only when some role of the deployment has an internal endpoint. */
function topologyChanges(difference: Difference, plan: DeploymentPlan): readonly EnvironmentChange[] {
	return plan.roles.some(hasInternalEndpoint)
		? difference.roles
				.filter(role => role.count !== undefined)
				.map((role): EnvironmentChange => ({ kind: 'topology', role: role.role }))
		: [];
}
