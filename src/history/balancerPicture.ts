import type { Shape } from './picture';
import type { Card, Drawn } from './roleCard';
import { endpointText, isPublic, type TopologyDeployment, type TopologyRole } from './topology';
import { cutToPill, pill, pillWidth, titleHeight } from './topologySizes';
import { instancesText } from './topologyWords';
import type { Localization } from './words';

/** Room for the balancer, which has to be known before the roles at the right of it are drawn. */
export function balancerWidth({ roles }: TopologyDeployment): number {
	const texts = roles.flatMap(({ endpoints }) => endpoints.filter(isPublic).map(endpointText));
	return pillWidth(texts) + 2 * inset;
}

/** Between the edge of the balancer and its endpoints. */
const inset = 8;

/** The public endpoints in one box, each with its line to its role. */
export function drawBalancer(
	deployment: TopologyDeployment,
	cards: readonly { readonly role: TopologyRole; readonly card: Card }[],
	at: { readonly x: number; readonly top: number; readonly width: number },
	l10n: Localization,
): Pick<Drawn, 'shapes' | 'height'> {
	const fronts = cards.flatMap(({ role, card }) =>
		role.endpoints.filter(isPublic).map(endpoint => ({ role, card, endpoint })),
	);
	if (fronts.length === 0) {
		const text = l10n.t('No public endpoint');
		return { shapes: [{ shape: 'label', x: at.x, y: at.top + 24, text, look: 'quiet' }], height: 32 };
	}
	const height = titleHeight + fronts.length * (pill + 6) + 8;
	const { x, width } = at;
	const y = at.top + 8;
	const shapes: Shape[] = [
		{
			...{ shape: 'box', id: `${deployment.slot}/balancer`, look: 'balancer', x, y, width, height },
			says:
				fronts.length === 1
					? l10n.t('Load balancer with 1 public endpoint')
					: l10n.t('Load balancer with {0} public endpoints', fronts.length),
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
				...{ x: x + inset, y: top, width: width - 2 * inset, height: pill, about: { role: role.name } },
				says: l10n.t('Public endpoint {0} to {1}: {2}', text, role.name, behind),
			},
			{ shape: 'label', x: x + 2 * inset, y: top + 16, text: cutToPill(text, width - 2 * inset) },
			{
				...{ shape: 'line', dashed: isRunning && serving === 0 },
				path: curve(x + width - inset, middle, card.x, target),
			},
		);
	}
	return { shapes, height: height + 8 };
}

function curve(fromX: number, fromY: number, toX: number, toY: number): string {
	const middle = (fromX + toX) / 2;
	return `M${fromX} ${fromY}C${middle} ${fromY} ${middle} ${toY} ${toX} ${toY}`;
}
