import { type StateLook, stateLooks } from './looks';
import {
	endpointText,
	isPublic,
	rulesAbout,
	type Topology,
	type TopologyDeployment,
	type TopologyInstance,
	type TopologyRole,
} from './topology';
import type { Localization } from './words';

/** A picture as shapes: drawn by the page, and written as SVG. Lengths in pixels. */
export interface Picture {
	readonly title: string;
	readonly width: number;
	readonly height: number;
	readonly shapes: readonly Shape[];
}

export type Shape = Box | Line | Label;

export interface Box {
	readonly shape: 'box';
	/** The same thing has the same id in the next picture. */
	readonly id: string;
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
	readonly look: BoxLook;
	/** The outline of something that gets no traffic. */
	readonly dashed?: boolean;
	/** What a screen reader says, in full; what has none is only drawn. */
	readonly says?: string;
	readonly about?: { readonly role: string; readonly instance?: string };
}

export type BoxLook = 'deployment' | 'balancer' | 'role' | 'cell' | 'endpoint' | StateLook;

export interface Line {
	readonly shape: 'line';
	/** An SVG path. */
	readonly path: string;
	readonly dashed?: boolean;
}

export interface Label {
	readonly shape: 'label';
	readonly x: number;
	readonly y: number;
	readonly text: string;
	readonly look?: 'title' | 'quiet' | 'chip';
	readonly anchor?: 'middle' | 'end';
}

const gap = 16;
const chip = { width: 50, height: 24, gap: 4 };
const chipsInRow = 2;
const cellPadding = 5;
const cellWidth = chipsInRow * (chip.width + chip.gap) - chip.gap + 2 * cellPadding;
const heads = 44;
const titleHeight = 30;
const pill = 24;
const leftWidth = 310;
const traffic = 70;

/** Deployments one below the other; in each, the balancer at the left and the roles at the right of it. */
export function topologyPicture(topology: Topology, l10n: Localization): Picture {
	const shapes: Shape[] = [];
	let y = gap;
	let width = 0;
	for (const deployment of topology.deployments) {
		const drawn = drawDeployment(deployment, topology.deployments.length > 1, y, l10n);
		shapes.push(...drawn.shapes);
		y += drawn.height + gap;
		width = Math.max(width, drawn.width);
	}
	return { title: l10n.t('Topology of {0}', topology.service), width: width + 2 * gap, height: y, shapes };
}

/** Sign and word: nobody depends on colours. */
export const stateSigns: Readonly<Record<StateLook, string>> = {
	ready: '✓',
	busy: '…',
	starting: '▸',
	stopping: '▾',
	stopped: '■',
	restarting: '↻',
	failed: '✕',
	unknown: '?',
};

interface Drawn {
	readonly shapes: readonly Shape[];
	readonly width: number;
	readonly height: number;
}

function drawDeployment(deployment: TopologyDeployment, isOneOfTwo: boolean, top: number, l10n: Localization): Drawn {
	const { slot, status, roles } = deployment;
	const name = slot === 'staging' ? l10n.t('Staging') : l10n.t('Production');
	const state = status === undefined ? l10n.t('not running') : status;
	const x = gap;
	let y = top + titleHeight + gap / 2;
	const cards: { readonly role: TopologyRole; readonly card: Card }[] = [];
	for (const role of roles) {
		const card = drawRole(deployment, role, x + gap + leftWidth, y, l10n);
		cards.push({ role, card });
		y += card.height + gap;
	}
	const cardWidth = Math.max(cellWidth, ...cards.map(({ card }) => card.width));
	const width = gap + leftWidth + cardWidth + traffic + gap;
	const height = Math.max(y - top, titleHeight + 100);
	const frame: Box = {
		...{ shape: 'box', id: slot, look: 'deployment', x, y: top, width, height },
		says: l10n.t('{0} deployment, {1}', name, state),
	};
	const title = isOneOfTwo || status !== undefined ? `${name} · ${state}` : `${name} · ${state}`;
	return {
		shapes: [
			frame,
			{ shape: 'label', x: x + gap, y: top + 20, text: title, look: 'title' },
			...drawBalancer(
				deployment,
				cards,
				{ x: x + gap, top: top + titleHeight, height: height - titleHeight - gap },
				l10n,
			),
			...cards.flatMap(({ card }) => card.shapes),
			...drawTraffic(deployment, cards, x + gap + leftWidth + cardWidth),
		],
		...{ width, height },
	};
}

interface Card extends Drawn {
	readonly x: number;
	readonly y: number;
	/** The middle of each internal endpoint at the right edge. */
	readonly endpoints: ReadonlyMap<string, number>;
}

function drawRole(deployment: TopologyDeployment, role: TopologyRole, x: number, y: number, l10n: Localization): Card {
	const { name, instances } = role;
	const columns = Math.max(1, Math.min(deployment.upgradeDomainCount, instances.length));
	const rows = [...new Set(instances.map(({ faultDomain }) => faultDomain))].sort((a, b) => a - b);
	const most = Math.max(1, ...cellsOf(instances).map(cell => cell.length));
	const cellHeight = Math.ceil(most / chipsInRow) * (chip.height + chip.gap) - chip.gap + 2 * cellPadding;
	const internal = role.endpoints.filter(endpoint => !isPublic(endpoint));
	const width = heads + columns * cellWidth + gap;
	const gridTop = y + titleHeight + 18;
	const height = titleHeight + 18 + rows.length * cellHeight + internal.length * (pill + 4) + gap;
	const ready = instances.filter(({ now }) => now?.state === 'ReadyRole').length;
	const isRunning = instances.some(({ now }) => now);
	const count = isRunning ? l10n.t('{0} of {1} ready', ready, instances.length) : instancesText(instances.length, l10n);
	const shapes: Shape[] = [
		{
			...{ shape: 'box', id: `${deployment.slot}/${name}`, look: 'role', x, y, width, height, about: { role: name } },
			says: l10n.t('Role {0}, {1}', name, count),
		},
		{ shape: 'label', x: x + 10, y: y + 20, text: name, look: 'title' },
		{ shape: 'label', x: x + width - 10, y: y + 20, text: count, look: 'quiet', anchor: 'end' },
	];
	for (let column = 0; column < columns && instances.length > 0; column++) {
		const middle = x + heads + column * cellWidth + cellWidth / 2;
		shapes.push({
			shape: 'label',
			x: middle,
			y: gridTop - 5,
			text: l10n.t('UD {0}', column),
			look: 'quiet',
			anchor: 'middle',
		});
	}
	for (const [row, faultDomain] of rows.entries()) {
		const cellTop = gridTop + row * cellHeight;
		shapes.push({
			...{ shape: 'label', x: x + 8, y: cellTop + cellHeight / 2 + 4, look: 'quiet' },
			text: l10n.t('FD {0}', faultDomain),
		});
		for (let column = 0; column < columns; column++) {
			const left = x + heads + column * cellWidth;
			const id = `${deployment.slot}/${name}/${faultDomain}/${column}`;
			shapes.push({ shape: 'box', id, look: 'cell', x: left, y: cellTop, width: cellWidth, height: cellHeight });
			const inside = instances.filter(each => each.faultDomain === faultDomain && each.upgradeDomain === column);
			shapes.push(...inside.flatMap((each, place) => drawInstance(deployment, role, each, left, cellTop, place, l10n)));
		}
	}
	const endpoints = new Map<string, number>();
	for (const [place, endpoint] of internal.entries()) {
		const top = gridTop + rows.length * cellHeight + 6 + place * (pill + 4);
		const text = endpointText(endpoint);
		shapes.push(
			{
				...{ shape: 'box', id: `${deployment.slot}/${name}/${endpoint.name}`, look: 'endpoint' },
				...{ x: x + heads, y: top, width: width - heads - 10, height: pill },
				says: l10n.t(
					'Internal endpoint {0} of {1}: {2}',
					text,
					name,
					allowedText(deployment, name, endpoint.name, l10n),
				),
			},
			{ shape: 'label', x: x + heads + 8, y: top + 16, text },
		);
		endpoints.set(endpoint.name, top + pill / 2);
	}
	return { shapes, x, y, width, height, endpoints };
}

function instancesText(count: number, l10n: Localization): string {
	return count === 1 ? l10n.t('1 instance') : l10n.t('{0} instances', count);
}

function cellsOf(instances: readonly TopologyInstance[]): readonly (readonly TopologyInstance[])[] {
	const cells = new Map<string, TopologyInstance[]>();
	for (const instance of instances) {
		const key = `${instance.faultDomain}/${instance.upgradeDomain}`;
		const cell = cells.get(key);
		cell?.push(instance) ?? cells.set(key, [instance]);
	}
	return [...cells.values()];
}

function drawInstance(
	{ slot }: TopologyDeployment,
	role: TopologyRole,
	{ instance, index, upgradeDomain, faultDomain, now }: TopologyInstance,
	left: number,
	top: number,
	place: number,
	l10n: Localization,
): readonly Shape[] {
	const look = now ? stateLooks[now.state] : 'unknown';
	const x = left + cellPadding + (place % chipsInRow) * (chip.width + chip.gap);
	const y = top + cellPadding + Math.floor(place / chipsInRow) * (chip.height + chip.gap);
	const where = l10n.t('upgrade domain {0}, fault domain {1}', upgradeDomain, faultDomain);
	const isBalanced = role.endpoints.some(isPublic);
	const rotation = now?.inRotation ? l10n.t('in rotation') : l10n.t('out of rotation');
	const says = [instance, now?.text ?? l10n.t('not running'), where, ...(now && isBalanced ? [rotation] : [])];
	return [
		{
			...{ shape: 'box', id: `${slot}/${instance}`, look, x, y, width: chip.width, height: chip.height },
			...{ dashed: !now?.inRotation, says: says.join(', '), about: { role: role.name, instance } },
		},
		{
			...{ shape: 'label', x: x + chip.width / 2, y: y + 16, look: 'chip', anchor: 'middle' },
			text: now ? `${stateSigns[look]} ${index}` : String(index),
		},
	];
}

/** The public endpoints in one box, each with its line to its role. */
function drawBalancer(
	deployment: TopologyDeployment,
	cards: readonly { readonly role: TopologyRole; readonly card: Card }[],
	at: { readonly x: number; readonly top: number; readonly height: number },
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

/** Who may speak to an internal endpoint. */
export function allowedText(
	deployment: TopologyDeployment,
	role: string,
	endpoint: string,
	l10n: Localization,
): string {
	const rules = rulesAbout(deployment, role, endpoint);
	const names = rules.flatMap(({ from }) => (from === 'all' ? [] : from));
	return rules.length === 0 || rules.some(({ from }) => from === 'all')
		? l10n.t('every role may speak to it')
		: l10n.t('only {0} may speak to it', names.join(', '));
}

function curve(fromX: number, fromY: number, toX: number, toY: number): string {
	const middle = (fromX + toX) / 2;
	return `M${fromX} ${fromY}C${middle} ${fromY} ${middle} ${toY} ${toX} ${toY}`;
}
