import { balancerWidth, drawBalancer } from './balancerPicture';
import type { Box, Picture, Shape } from './picture';
import { type Card, cellWidth, type Drawn, drawRole } from './roleCard';
import type { Topology, TopologyDeployment, TopologyRole } from './topology';
import { gap, linesWidth, titleHeight } from './topologySizes';
import { deploymentWords } from './topologyWords';
import type { Localization } from './words';

/** Room for the lines of the traffic rules at the right of the roles. */
const traffic = 70;

/** Deployments one below the other; in each, the balancer at the left and the roles at the right of it. */
export function topologyPicture(topology: Topology, l10n: Localization): Picture {
	const shapes: Shape[] = [];
	let y = gap;
	let width = 0;
	// The roles of both deployments stand below each other.
	const front = Math.max(0, ...topology.deployments.map(balancerWidth));
	for (const deployment of topology.deployments) {
		const drawn = drawDeployment(deployment, y, front, l10n);
		shapes.push(...drawn.shapes);
		y += drawn.height + gap;
		width = Math.max(width, drawn.width);
	}
	return { title: l10n.t('Topology of {0}', topology.service), width: width + 2 * gap, height: y, shapes };
}

function drawDeployment(deployment: TopologyDeployment, top: number, front: number, l10n: Localization): Drawn {
	const { slot, status, roles } = deployment;
	const name = slot === 'staging' ? l10n.t('Staging') : l10n.t('Production');
	const state = deploymentWords(status, l10n);
	const x = gap;
	const left = x + gap + front + linesWidth;
	let y = top + titleHeight + gap / 2;
	const cards: { readonly role: TopologyRole; readonly card: Card }[] = [];
	for (const role of roles) {
		const card = drawRole(deployment, role, left, y, l10n);
		cards.push({ role, card });
		y += card.height + gap;
	}
	const cardWidth = Math.max(cellWidth, ...cards.map(({ card }) => card.width));
	const balancer = drawBalancer(deployment, cards, { x: x + gap, top: top + titleHeight, width: front }, l10n);
	const width = gap + front + linesWidth + cardWidth + traffic + gap;
	const height = Math.max(y - top, titleHeight + balancer.height + gap, titleHeight + 100);
	const frame: Box = {
		...{ shape: 'box', id: slot, look: 'deployment', x, y: top, width, height },
		says: l10n.t('{0} deployment, {1}', name, state),
	};
	const title = `${name} · ${state}`;
	return {
		shapes: [
			frame,
			{ shape: 'label', x: x + gap, y: top + 20, text: title, look: 'title' },
			...balancer.shapes,
			...cards.flatMap(({ card }) => card.shapes),
			...drawTraffic(deployment, cards, left + cardWidth),
		],
		...{ width, height },
	};
}

/** From a role to the internal endpoints that a rule lets it speak to, at the right of the roles. */
function drawTraffic(
	deployment: TopologyDeployment,
	cards: readonly { readonly role: TopologyRole; readonly card: Card }[],
	right: number,
): readonly Shape[] {
	return deployment.rules.flatMap(({ from, role, endpoint }, place): readonly Shape[] => {
		const target = cards.find(each => each.role.name === role)?.card;
		const y = target?.endpoints.get(endpoint);
		if (!target || y === undefined || from === 'all') {
			return [];
		}
		return from.flatMap((name, each): readonly Shape[] => {
			const source = cards.find(card => card.role.name === name)?.card;
			if (!source) {
				return [];
			}
			const bend = right + 16 + ((place + each) % 5) * 10;
			const start = source.y + 60;
			const path = `M${source.x + source.width} ${start}H${bend}V${y}H${target.x + target.width - 6}`;
			return [{ shape: 'line', path }];
		});
	});
}
