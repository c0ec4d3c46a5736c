import type { EntryKind } from '../../history/entryKinds';
import type { Lane } from '../../history/lane';
import type { Theme } from './looks';
import { axisHeight, firstAt, laneHeight, markTop, type Scene, xOf } from './scene';

/** The most telling one wins a pixel. */
const priority: readonly EntryKind[] = [
	...(['output', 'states', 'processes', 'network', 'disks', 'messages'] as const),
	...(['debugger', 'calls', 'commands', 'restarts'] as const),
];
const ranks: ReadonlyMap<EntryKind, number> = new Map(priority.map((kind, rank) => [kind, rank]));

export function drawMarks(
	canvas: CanvasRenderingContext2D,
	scene: Scene,
	theme: Theme,
	{ entries }: Lane,
	y: number,
): void {
	const { timeline, from, width, passes } = scene;
	let best = 0;
	let bestRank = -1;
	let bestX = -1;
	const flush = () => {
		if (bestRank >= 0) {
			mark(canvas, theme, timeline.kindOf(best), timeline.isBad(best), bestX, y + markTop);
		}
	};
	const start = firstAt(entries.length, from, place => timeline.timeOf(entries[place] ?? 0));
	for (let place = start; place < entries.length; place++) {
		const n = entries[place] ?? 0;
		const x = Math.round(xOf(scene, timeline.timeOf(n)));
		if (x > width + 6) {
			break;
		}
		if (x !== bestX) {
			flush();
			bestX = x;
			bestRank = -1;
		}
		if (!passes(n)) {
			continue;
		}
		const rank = (ranks.get(timeline.kindOf(n)) ?? 0) + (timeline.isBad(n) ? 100 : 0);
		if (rank > bestRank) {
			bestRank = rank;
			best = n;
		}
	}
	flush();
}

/** A shape for each kind, so that nobody depends on colours. */
function mark(
	canvas: CanvasRenderingContext2D,
	theme: Theme,
	kind: EntryKind,
	bad: boolean,
	x: number,
	y: number,
): void {
	canvas.fillStyle = bad ? theme.bad : theme.kinds[kind];
	canvas.strokeStyle = canvas.fillStyle;
	canvas.beginPath();
	switch (kind) {
		case 'output':
			canvas.fillRect(x, y - (bad ? 4 : 2), 1, bad ? 9 : 5);
			return;
		case 'states':
			canvas.fillRect(x, y - 3, 1, 7);
			return;
		case 'calls':
			canvas.fillRect(x - 1, y - 3, 2, 7);
			return;
		case 'restarts':
			canvas.moveTo(x, y - 5);
			canvas.lineTo(x + 5, y + 4);
			canvas.lineTo(x - 5, y + 4);
			break;
		case 'commands':
			canvas.moveTo(x, y - 5);
			canvas.lineTo(x + 4, y);
			canvas.lineTo(x, y + 5);
			canvas.lineTo(x - 4, y);
			break;
		case 'processes':
			canvas.rect(x - 3, y - 3, 6, 6);
			break;
		case 'network':
			canvas.arc(x, y, 3, 0, Math.PI * 2);
			break;
		case 'disks':
			canvas.strokeRect(x - 3.5, y - 2.5, 7, 5);
			return;
		case 'debugger':
			canvas.arc(x, y, 3.5, 0, Math.PI * 2);
			canvas.stroke();
			return;
		case 'messages':
			canvas.fillRect(x - 1, y - 5, 2, 6);
			canvas.fillRect(x - 1, y + 2, 2, 2);
			return;
	}
	canvas.fill();
}

/** From what happened first to the restart that came of it. */
export function drawJoins(canvas: CanvasRenderingContext2D, scene: Scene, theme: Theme, rows: readonly number[]): void {
	const { timeline, order, from, width } = scene;
	const rowOf = new Map(order.map((lane, row) => [lane, row]));
	const yOf = (lane: number) => axisHeight + (rowOf.get(lane) ?? 0) * laneHeight - scene.top + markTop;
	canvas.strokeStyle = theme.kinds.restarts;
	canvas.setLineDash([3, 2]);
	for (const row of rows) {
		const lane = order[row] ?? 0;
		const restarts = timeline.lanes[lane]?.restarts ?? [];
		let drawnAt = Number.NEGATIVE_INFINITY;
		for (let place = firstAt(restarts.length, from, at => restarts[at]?.at ?? 0); place < restarts.length; place++) {
			const { at, causes } = restarts[place] ?? { at: 0, causes: [] };
			const x = xOf(scene, at);
			const cause = causes[0];
			if (x > width + 200) {
				break;
			}
			if (cause === undefined || cause < timeline.firstEntry || x - drawnAt < 3) {
				continue;
			}
			drawnAt = x;
			const left = xOf(scene, timeline.timeOf(cause));
			canvas.beginPath();
			canvas.moveTo(left, yOf(timeline.laneOfEntry(cause)));
			canvas.quadraticCurveTo((left + x) / 2, yOf(lane) - laneHeight / 3, x, yOf(lane));
			canvas.stroke();
		}
	}
	canvas.setLineDash([]);
}
