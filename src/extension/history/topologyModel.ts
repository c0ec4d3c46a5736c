import type { Topology, TopologyDeployment, TopologyEndpoint, TopologyRole, TrafficLine } from '../../history/topology';
import { faultDomain, instanceId, upgradeDomain } from '../../lifecycle/domains';
import type { DeploymentSnapshot } from '../../lifecycle/snapshot';
import type { Configuration } from '../../model/configuration';
import { endpointsOf } from '../../model/declared';
import type { Definition, Endpoint, RoleDefinition } from '../../model/definition';

/** What the files say, and over it what runs; a role that runs and is not in the files any more is shown too. */
export function topologyOf(
	definition: Definition,
	configuration: Configuration | undefined,
	snapshot: DeploymentSnapshot | undefined,
): Topology {
	const service = definition.name?.text ?? '';
	const deployments = snapshot ? [snapshot, ...(snapshot.staging ? [snapshot.staging] : [])] : [undefined];
	return { service, deployments: deployments.map(each => deploymentOf(definition, configuration, each)) };
}

function deploymentOf(
	definition: Definition,
	configuration: Configuration | undefined,
	snapshot: DeploymentSnapshot | undefined,
): TopologyDeployment {
	const declared = definition.roles.flatMap(role => (role.name?.text ? [{ ...role, text: role.name.text }] : []));
	return {
		slot: snapshot?.slot ?? 'production',
		...(snapshot && { status: snapshot.status }),
		upgradeDomainCount: Math.max(1, definition.upgradeDomainCount),
		roles: declared.map((role): TopologyRole => {
			const { text: name, kind } = role;
			const endpoints = publicAndInternal(role).map(endpoint => ({
				...endpoint,
				...at(name, endpoint.name, snapshot),
			}));
			const instances = snapshot
				? running(name, snapshot)
				: planned(name, configuration, Math.max(1, definition.upgradeDomainCount));
			return { name, kind, endpoints, instances };
		}),
		rules: definition.trafficRules.flatMap(({ destinations, fromRoles }) =>
			destinations.flatMap(({ roleName, endpointName }): readonly TrafficLine[] => {
				const from = fromRoles.length === 0 ? 'all' : fromRoles.map(({ text }) => text);
				return roleName && endpointName ? [{ from, role: roleName.text, endpoint: endpointName.text }] : [];
			}),
		),
	};
}

function publicAndInternal(role: RoleDefinition): readonly TopologyEndpoint[] {
	return endpointsOf(role).map(({ name, kind, protocol }) => {
		const own = role.endpoints.find(endpoint => endpoint.name?.text === name);
		const port = own && portOf(own);
		return { name, kind, protocol: protocol ?? 'tcp', ...(port !== undefined && { port }) };
	});
}

function portOf(endpoint: Endpoint): string | undefined {
	switch (endpoint.kind) {
		case 'input':
			return endpoint.port?.toString();
		case 'instanceInput': {
			const { min, max } = endpoint.publicPorts ?? {};
			return min === undefined ? undefined : max === undefined || max === min ? String(min) : `${min}-${max}`;
		}
		case 'internal': {
			const [range] = endpoint.fixedPorts;
			const { min, max } = range ?? {};
			return (
				endpoint.port?.toString() ??
				(min === undefined ? undefined : max === undefined || max === min ? String(min) : `${min}-${max}`)
			);
		}
	}
}

function at(role: string, endpoint: string, snapshot: DeploymentSnapshot | undefined): { readonly at?: string } {
	const found = snapshot?.publicEndpoints?.find(each => each.role === role && each.endpoint === endpoint);
	return found ? { at: `${found.address}:${found.port}` } : {};
}

function running(role: string, { instances }: DeploymentSnapshot): TopologyRole['instances'] {
	return instances
		.filter(each => each.role === role)
		.map(({ instance, index, upgradeDomain: update, faultDomain: fault, state, text, inRotation }) => ({
			...{ instance, index, upgradeDomain: update, faultDomain: fault },
			now: { state, text, inRotation },
		}));
}

/** More than a picture can hold are not drawn one by one before they run. */
const mostPlanned = 1000;

function planned(
	role: string,
	configuration: Configuration | undefined,
	upgradeDomains: number,
): TopologyRole['instances'] {
	const count = configuration?.roles.find(({ name }) => name?.text === role)?.instances?.count ?? 0;
	return Array.from({ length: Math.max(0, Math.min(count, mostPlanned)) }, (_, index) => ({
		...{ instance: instanceId(role, index), index },
		...{ upgradeDomain: upgradeDomain(index, upgradeDomains), faultDomain: faultDomain(index) },
	}));
}
