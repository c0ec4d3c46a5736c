import { stateLooks, stateSigns } from './looks';
import type { Shape } from './picture';
import { endpointText, isPublic, type TopologyDeployment, type TopologyInstance, type TopologyRole } from './topology';
import { cutToPill, gap, pill, pillWidth, textWidth, titleHeight } from './topologySizes';
import { allowedText, instancesText } from './topologyWords';
import type { Localization } from './words';

/** An instance. */
const chip = { width: 50, height: 24, gap: 4 };
const chipsInRow = 2;
const cellPadding = 5;
export const cellWidth = chipsInRow * (chip.width + chip.gap) - chip.gap + 2 * cellPadding;
/** The names of the fault domains. */
const heads = 44;

/** Shapes, and the room that they take. */
export interface Drawn {
	readonly shapes: readonly Shape[];
	readonly width: number;
	readonly height: number;
}

/** A role where it was drawn. */
export interface Card extends Drawn {
	readonly x: number;
	readonly y: number;
	/** The middle of each internal endpoint at the right edge. */
	readonly endpoints: ReadonlyMap<string, number>;
}

/** A role with its instances, fault domain by fault domain and upgrade domain by upgrade domain, and its internal endpoints. */
export function drawRole(
	deployment: TopologyDeployment,
	role: TopologyRole,
	x: number,
	y: number,
	l10n: Localization,
): Card {
	const { name, instances } = role;
	const columns = Math.max(1, Math.min(deployment.upgradeDomainCount, instances.length));
	const ready = instances.filter(({ now }) => now?.state === 'ReadyRole').length;
	const isRunning = instances.some(({ now }) => now);
	const count = isRunning ? l10n.t('{0} of {1} ready', ready, instances.length) : instancesText(instances.length, l10n);
	const inside = role.endpoints.filter(endpoint => !isPublic(endpoint)).map(endpointText);
	const width = Math.max(
		heads + columns * cellWidth + gap,
		// The name is bold.
		Math.ceil(1.1 * textWidth(name)) + textWidth(count) + 2 * gap,
		inside.length === 0 ? 0 : heads + pillWidth(inside, cellWidth) + 10,
	);
	const grid = drawGrid(deployment, role, { x, y: y + titleHeight + 18, columns }, l10n);
	const internal = drawInternal(deployment, role, { x, y: grid.end, width }, l10n);
	const height = internal.end - y + gap;
	const shapes: readonly Shape[] = [
		{
			...{ shape: 'box', id: `${deployment.slot}/${name}`, look: 'role', x, y, width, height, about: { role: name } },
			says: l10n.t('Role {0}, {1}', name, count),
		},
		{ shape: 'label', x: x + 10, y: y + 20, text: name, look: 'title' },
		{ shape: 'label', x: x + width - 10, y: y + 20, text: count, look: 'quiet', anchor: 'end' },
		...grid.shapes,
		...internal.shapes,
	];
	return { shapes, x, y, width, height, endpoints: internal.endpoints };
}

/** A row for each fault domain, a column for each upgrade domain; `end`: where it ends. */
function drawGrid(
	deployment: TopologyDeployment,
	role: TopologyRole,
	{ x, y, columns }: { readonly x: number; readonly y: number; readonly columns: number },
	l10n: Localization,
) {
	const { name, instances } = role;
	const rows = [...new Set(instances.map(({ faultDomain }) => faultDomain))].sort((a, b) => a - b);
	const most = Math.max(1, ...cellsOf(instances).map(cell => cell.length));
	const height = Math.ceil(most / chipsInRow) * (chip.height + chip.gap) - chip.gap + 2 * cellPadding;
	const shapes: Shape[] = [];
	for (let column = 0; column < columns && instances.length > 0; column++) {
		const middle = x + heads + column * cellWidth + cellWidth / 2;
		const text = l10n.t('UD {0}', column);
		shapes.push({ shape: 'label', x: middle, y: y - 5, text, look: 'quiet', anchor: 'middle' });
	}
	for (const [row, faultDomain] of rows.entries()) {
		const top = y + row * height;
		const text = l10n.t('FD {0}', faultDomain);
		shapes.push({ shape: 'label', x: x + 8, y: top + height / 2 + 4, look: 'quiet', text });
		for (let column = 0; column < columns; column++) {
			const left = x + heads + column * cellWidth;
			const id = `${deployment.slot}/${name}/${faultDomain}/${column}`;
			shapes.push({ shape: 'box', id, look: 'cell', x: left, y: top, width: cellWidth, height });
			const inside = instances.filter(each => each.faultDomain === faultDomain && each.upgradeDomain === column);
			shapes.push(...inside.flatMap((each, place) => drawInstance(deployment, role, each, left, top, place, l10n)));
		}
	}
	return { shapes, end: y + rows.length * height };
}

function drawInternal(
	deployment: TopologyDeployment,
	role: TopologyRole,
	{ x, y, width }: { readonly x: number; readonly y: number; readonly width: number },
	l10n: Localization,
) {
	const shapes: Shape[] = [];
	const endpoints = new Map<string, number>();
	let end = y;
	for (const endpoint of role.endpoints.filter(each => !isPublic(each))) {
		const top = end + 6;
		const text = endpointText(endpoint);
		const allowed = allowedText(deployment, role.name, endpoint.name, l10n);
		shapes.push(
			{
				...{ shape: 'box', id: `${deployment.slot}/${role.name}/${endpoint.name}`, look: 'endpoint' },
				...{ x: x + heads, y: top, width: width - heads - 10, height: pill },
				says: l10n.t('Internal endpoint {0} of {1}: {2}', text, role.name, allowed),
			},
			{ shape: 'label', x: x + heads + 8, y: top + 16, text: cutToPill(text, width - heads - 10) },
		);
		endpoints.set(endpoint.name, top + pill / 2);
		end += pill + 4;
	}
	return { shapes, endpoints, end };
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
