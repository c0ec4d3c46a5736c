import { stateLooks, stateSigns } from './looks';
import { mermaidText } from './markup';
import { endpointText, isPublic, type Topology, type TopologyDeployment } from './topology';

/** A flowchart: the outside, the balancer, roles with their instances, and who may speak to whom inside. */
export function topologyMermaid({ deployments }: Topology): string {
	return `${['flowchart LR', ...deployments.flatMap(deploymentLines)].join('\n')}\n`;
}

function deploymentLines(deployment: TopologyDeployment): readonly string[] {
	const { slot, roles, rules } = deployment;
	const idOf = (role: string) => `${slot}_${roles.findIndex(({ name }) => name === role)}`;
	const internal = (role: string) => {
		const endpoints = roles.find(({ name }) => name === role)?.endpoints ?? [];
		return endpoints.filter(endpoint => !isPublic(endpoint));
	};
	const inside = roles.flatMap(({ name, instances }) => [
		`        subgraph ${idOf(name)}["${mermaidText(name)}"]`,
		...instances.map(({ index, instance, upgradeDomain, faultDomain, now }) => {
			const sign = now ? `${stateSigns[stateLooks[now.state]]} ` : '';
			return `            ${idOf(name)}_${index}["${sign}${mermaidText(instance)} · UD ${upgradeDomain} · FD ${faultDomain}"]`;
		}),
		...internal(name).map(
			(endpoint, place) => `            ${idOf(name)}_in${place}(["${mermaidText(endpointText(endpoint))}"])`,
		),
		'        end',
	]);
	const fronts = roles.flatMap(({ name, endpoints }) =>
		endpoints
			.filter(isPublic)
			.map(endpoint => `    ${slot}_balancer -->|"${mermaidText(endpointText(endpoint))}"| ${idOf(name)}`),
	);
	const traffic = rules.flatMap(({ from, role, endpoint }) => {
		const place = internal(role).findIndex(({ name }) => name === endpoint);
		return (from === 'all' ? roles.map(({ name }) => name) : from)
			.filter(name => place >= 0 && name !== role && roles.some(each => each.name === name))
			.map(name => `    ${idOf(name)} -.-> ${idOf(role)}_in${place}`);
	});
	return [
		`    subgraph ${slot}["${slot === 'staging' ? 'Staging' : 'Production'}"]`,
		...inside,
		'    end',
		...(fronts.length > 0 ? [`    internet((Internet)) --> ${slot}_balancer{{"Load balancer"}}`, ...fronts] : []),
		...traffic,
	];
}
