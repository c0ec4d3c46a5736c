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
	const inside = roles.flatMap(({ name, instances }) => [
		`        subgraph ${idOf(name)}["${mermaidText(name)}"]`,
		...instances.map(({ index, instance, upgradeDomain, faultDomain, now }) => {
			const sign = now ? `${stateSigns[stateLooks[now.state]]} ` : '';
			return `            ${idOf(name)}_${index}["${sign}${mermaidText(instance)} · UD ${upgradeDomain} · FD ${faultDomain}"]`;
		}),
		'        end',
	]);
	const fronts = roles.flatMap(({ name, endpoints }) =>
		endpoints
			.filter(isPublic)
			.map(endpoint => `    ${slot}_balancer -->|"${mermaidText(endpointText(endpoint))}"| ${idOf(name)}`),
	);
	const traffic = rules.flatMap(({ from, role, endpoint }) =>
		(from === 'all' ? roles.map(({ name }) => name) : from)
			.filter(name => name !== role && roles.some(each => each.name === name))
			.map(name => `    ${idOf(name)} -.->|"${mermaidText(endpoint)}"| ${idOf(role)}`),
	);
	return [
		`    subgraph ${slot}["${slot === 'staging' ? 'Staging' : 'Production'}"]`,
		...inside,
		'    end',
		...(fronts.length > 0 ? [`    internet((Internet)) --> ${slot}_balancer{{"Load balancer"}}`, ...fronts] : []),
		...traffic,
	];
}
