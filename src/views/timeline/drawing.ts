import type { CallSpan, Lane } from '../../history/lane';
import { hatched, type StateLook, stateLooks, stateSigns } from '../../history/looks';
import { drawAxis, drawGrid, drawNames, label } from './axis';
import type { Theme } from './looks';
import { drawJoins, drawMarks } from './marks';
import {
	axisHeight,
	callHeight,
	callTop,
	firstAt,
	laneHeight,
	markTop,
	type Scene,
	stateHeight,
	stateTop,
	visibleRows,
	xOf,
} from './scene';

/** Draws one frame: what lies outside is not looked at, and of entries in the same pixel the most telling one is drawn. */
export function draw(canvas: CanvasRenderingContext2D, scene: Scene, theme: Theme): void {
	const { width, height, order, top, names } = scene;
	canvas.clearRect(0, 0, width, height);
	canvas.fillStyle = theme.background;
	canvas.fillRect(0, 0, width, height);
	canvas.font = `12px ${theme.font}`;
	canvas.textBaseline = 'middle';
	const rows = visibleRows(scene);
	canvas.save();
	canvas.beginPath();
	canvas.rect(names, axisHeight, width - names, height - axisHeight);
	canvas.clip();
	drawGrid(canvas, scene, theme);
	for (const row of rows) {
		const lane = scene.timeline.lanes[order[row] ?? 0];
		if (lane) {
			drawLane(canvas, scene, theme, lane, axisHeight + row * laneHeight - top);
		}
	}
	drawJoins(canvas, scene, theme, rows);
	drawSelection(canvas, scene, theme);
	canvas.restore();
	drawNames(canvas, scene, theme, rows);
	drawAxis(canvas, scene, theme);
}

function drawLane(canvas: CanvasRenderingContext2D, scene: Scene, theme: Theme, lane: Lane, y: number): void {
	canvas.fillStyle = theme.lines;
	canvas.fillRect(scene.names, y + laneHeight - 1, scene.width - scene.names, 1);
	drawStates(canvas, scene, theme, lane, y);
	drawCalls(canvas, scene, theme, lane, y);
	drawMarks(canvas, scene, theme, lane, y);
}

function drawStates(canvas: CanvasRenderingContext2D, scene: Scene, theme: Theme, { spans }: Lane, y: number): void {
	const { from, names, width, now } = scene;
	const start = Math.max(0, firstAt(spans.length, from, place => spans[place]?.at ?? 0) - 1);
	let drawnTo = names - 1;
	for (let place = start; place < spans.length; place++) {
		const span = spans[place];
		if (!span) {
			break;
		}
		const left = Math.max(names - 2, xOf(scene, span.at));
		const right = Math.min(width + 2, xOf(scene, spans[place + 1]?.at ?? now));
		if (left > width) {
			break;
		}
		// Of many in one pixel the last is what became of it.
		if (right <= drawnTo) {
			continue;
		}
		const look = stateLooks[span.state];
		const wide = Math.max(1, right - left);
		drawState(canvas, theme, look, left, y + stateTop, wide);
		// Where there is no room for the words there may be for their sign: nobody depends on colours.
		const text = wide > 40 ? span.text : stateSigns[look];
		if (wide > 14) {
			label(canvas, theme.text, text, left + 4, y + stateTop + stateHeight / 2, wide - 4);
		}
		drawnTo = Math.max(drawnTo, Math.floor(right));
	}
}

function drawState(
	canvas: CanvasRenderingContext2D,
	theme: Theme,
	look: StateLook,
	left: number,
	top: number,
	wide: number,
): void {
	const quiet = look === 'stopped' || look === 'unknown';
	canvas.fillStyle = theme.states[look];
	canvas.globalAlpha = quiet ? 0.25 : 0.55;
	if (theme.contrast) {
		// Without colours an instance that serves is the box that is filled.
		canvas.globalAlpha = look === 'ready' ? 0.3 : 0;
	}
	canvas.fillRect(left, top, wide, stateHeight);
	canvas.globalAlpha = 1;
	if (theme.contrast) {
		canvas.strokeStyle = theme.states[look];
		canvas.strokeRect(left + 0.5, top + 0.5, wide - 1, stateHeight - 1);
	}
	if (hatched.has(look) && wide > 3) {
		hatch(canvas, theme, left, top, wide);
	}
}

function hatch(canvas: CanvasRenderingContext2D, theme: Theme, left: number, top: number, wide: number): void {
	canvas.save();
	canvas.beginPath();
	canvas.rect(left, top, wide, stateHeight);
	canvas.clip();
	canvas.globalAlpha = 0.5;
	canvas.strokeStyle = theme.text;
	canvas.beginPath();
	for (let x = left - stateHeight; x < left + wide; x += 7) {
		canvas.moveTo(x, top + stateHeight);
		canvas.lineTo(x + stateHeight, top);
	}
	canvas.stroke();
	canvas.restore();
}

function drawCalls(canvas: CanvasRenderingContext2D, scene: Scene, theme: Theme, { calls }: Lane, y: number): void {
	const { names, width, now } = scene;
	let drawnTo = names - 1;
	// Calls are in the order in which they began; one that lasts (Run) may have begun long ago.
	for (const call of calls) {
		const left = xOf(scene, call.at);
		if (left > width) {
			break;
		}
		const right = xOf(scene, call.end?.at ?? now);
		if (right < names || (right - left < 1 && right <= drawnTo)) {
			continue;
		}
		drawCall(canvas, theme, call, Math.max(names - 2, left), Math.min(right, width + 2), y + callTop);
		drawnTo = Math.max(drawnTo, Math.floor(left) + 1);
	}
}

function drawCall(
	canvas: CanvasRenderingContext2D,
	theme: Theme,
	{ call, end }: CallSpan,
	left: number,
	right: number,
	y: number,
): void {
	const wide = Math.max(2, right - left);
	canvas.globalAlpha = call === 'Run' ? 0.35 : 0.8;
	canvas.fillStyle = end?.failed ? theme.bad : theme.kinds.calls;
	canvas.fillRect(left, y, wide, callHeight);
	canvas.globalAlpha = 1;
	if (wide > 30) {
		canvas.font = `10px ${theme.font}`;
		label(canvas, theme.text, call, left + 3, y + callHeight / 2 + 0.5, wide - 6);
		canvas.font = `12px ${theme.font}`;
	}
}

function drawSelection(canvas: CanvasRenderingContext2D, scene: Scene, theme: Theme): void {
	const { timeline, selected, order, top } = scene;
	if (selected === undefined) {
		return;
	}
	const x = Math.round(xOf(scene, timeline.timeOf(selected))) + 0.5;
	const y = axisHeight + order.indexOf(timeline.laneOfEntry(selected)) * laneHeight - top;
	canvas.strokeStyle = theme.focus;
	canvas.beginPath();
	canvas.moveTo(x, axisHeight);
	canvas.lineTo(x, scene.height);
	canvas.stroke();
	canvas.lineWidth = 2;
	canvas.strokeRect(x - 7, y + markTop - 7, 14, 14);
	canvas.lineWidth = 1;
}
