import type { Endpoint, InputEndpoint, Probe, RoleDefinition } from '../../model/definition';
import { modulesOf } from '../../model/modules';
import type { EndpointPlan, ProbePlan } from './deploymentPlan';

/** Of imported endpoints only the internal ones: nothing listens for the others here, and their public ports may be in use. */
export function endpointPlans(role: RoleDefinition, probes: readonly Probe[]): readonly EndpointPlan[] {
	const imported = modulesOf(role)
		.flatMap(module => module.endpoints)
		.filter(endpoint => endpoint.kind === 'internal')
		.map(({ name, kind, protocol }) => ({ name, kind, protocol }));
	const own = role.endpoints.filter(endpoint => endpoint.name?.text).map(endpoint => endpointPlan(endpoint, probes));
	return [...own, ...imported];
}

function endpointPlan(endpoint: Endpoint, probes: readonly Probe[]): EndpointPlan {
	const common = { name: endpoint.name?.text ?? '', kind: endpoint.kind, protocol: endpoint.protocol ?? 'tcp' };
	switch (endpoint.kind) {
		case 'input':
			return {
				...common,
				...ports(endpoint.port, endpoint.localPort ?? endpoint.port),
				...(endpoint.certificate?.text && { certificate: endpoint.certificate.text }),
				...rotationOf(endpoint, probes),
				...idleTimeout(endpoint),
			};
		case 'internal':
			return { ...common, ...ports(undefined, endpoint.port ?? endpoint.fixedPorts[0]?.min) };
		case 'instanceInput':
			return {
				...common,
				...ports(endpoint.publicPorts?.min, endpoint.localPort),
				...(endpoint.publicPorts?.max !== undefined && { lastPublicPort: endpoint.publicPorts.max }),
				...idleTimeout(endpoint),
			};
	}
}

/** What is the default of the load balancer is left out. */
function rotationOf(
	{ loadBalancerProbe, ignoreRoleInstanceStatus, distribution }: InputEndpoint,
	probes: readonly Probe[],
) {
	const probe = probes.find(({ name }) => name.text === loadBalancerProbe?.text);
	return {
		...(probe && { probe: probePlan(probe) }),
		...(ignoreRoleInstanceStatus && { ignoreStatus: true }),
		...(distribution !== 'none' && { distribution }),
	};
}

function probePlan({ name, protocol, path, port, interval, timeout }: Probe): ProbePlan {
	return {
		name: name.text,
		...(protocol === 'http' && { path: path?.startsWith('/') ? path : `/${path ?? ''}` }),
		...(port !== undefined && { port }),
		interval: interval * 1000,
		timeout: timeout * 1000,
	};
}

function idleTimeout({ idleTimeoutInMinutes }: { readonly idleTimeoutInMinutes: number | undefined }) {
	return idleTimeoutInMinutes === undefined ? {} : { idleTimeout: idleTimeoutInMinutes * 60_000 };
}

function ports(publicPort: number | undefined, localPort: number | '*' | undefined) {
	return {
		...(publicPort !== undefined && { publicPort }),
		...(localPort !== undefined && localPort !== '*' && { localPort }),
	};
}
