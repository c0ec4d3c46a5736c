import type { Shape } from './picture';
import type { Card } from './roleCard';
import { endpointText, isPublic, type TopologyDeployment, type TopologyRole } from './topology';
import { leftWidth, pill, titleHeight } from './topologySizes';
import { instancesText } from './topologyWords';
import type { Localization } from './words';

/** The public endpoints in one box, each with its line to its role. */
export function drawBalancer(
	deployment: TopologyDeployment,
	cards: readonly { readonly role: TopologyRole; readonly card: Card }[],
	at: { readonly x: number; readonly top: number },
	l10n: Localization,
): readonly Shape[] {
	const fronts = cards.flatMap(({ role, card }) =>
		role.endpoints.filter(isPublic).map(endpoint => ({ role, card, endpoint })),
	);
	if (fronts.length === 0) {
		return [{ shape: 'label', x: at.x, y: at.top + 24, text: l10n.t('No public endpoint'), look: 'quiet' }];
	}
	const height = titleHeight + fronts.length * (pill + 6) + 8;
	const { x } = at;
	const y = at.top + 8;
	const width = leftWidth - 70;
	const shapes: Shape[] = [
		{
			...{ shape: 'box', id: `${deployment.slot}/balancer`, look: 'balancer', x, y, width, height },
			says: l10n.t('Load balancer with {0} public endpoints', fronts.length),
		},
		{ shape: 'label', x: x + 10, y: y + 20, text: l10n.t('Load balancer'), look: 'title' },
	];
	for (const [place, { role, card, endpoint }] of fronts.entries()) {
		const top = y + titleHeight + place * (pill + 6);
		const middle = top + pill / 2;
		const text = endpointText(endpoint);
		const target = card.y + 40 + ((place * 8) % 30);
		const serving = role.instances.filter(({ now }) => now?.inRotation).length;
		const isRunning = role.instances.some(({ now }) => now);
		const behind = isRunning
			? l10n.t('{0} of {1} instances in rotation', serving, role.instances.length)
			: instancesText(role.instances.length, l10n);
		shapes.push(
			{
				...{ shape: 'box', id: `${deployment.slot}/public/${role.name}/${endpoint.name}`, look: 'endpoint' },
				...{ x: x + 8, y: top, width: width - 16, height: pill, about: { role: role.name } },
				says: l10n.t('Public endpoint {0} to {1}: {2}', text, role.name, behind),
			},
			{ shape: 'label', x: x + 16, y: top + 16, text },
			{ ...{ shape: 'line', dashed: isRunning && serving === 0 }, path: curve(x + width - 8, middle, card.x, target) },
		);
	}
	return shapes;
}

function curve(fromX: number, fromY: number, toX: number, toY: number): string {
	const middle = (fromX + toX) / 2;
	return `M${fromX} ${fromY}C${middle} ${fromY} ${middle} ${toY} ${toX} ${toY}`;
}
