import { tickTimes } from '../../history/ticks';
import type { Theme } from './looks';
import { axisHeight, callTop, laneHeight, type Scene, stateHeight, stateTop, xOf } from './scene';

/** What stands around the lanes: names, times, and the words in between. */

export function drawNames(canvas: CanvasRenderingContext2D, scene: Scene, theme: Theme, rows: readonly number[]): void {
	const { timeline, order, top, names, height } = scene;
	canvas.fillStyle = theme.lines;
	canvas.fillRect(names - 1, 0, 1, height);
	for (const row of rows) {
		const lane = timeline.lanes[order[row] ?? 0];
		const y = axisHeight + row * laneHeight - top;
		if (lane) {
			label(canvas, theme.text, scene.nameOf(lane), 6, y + stateTop + stateHeight / 2, names - 14);
			const life = lane.restarts.length;
			if (life > 0) {
				label(canvas, theme.quiet, `↻ ${life}`, 6, y + callTop + 6, names - 14);
			}
		}
	}
}

export function drawGrid(canvas: CanvasRenderingContext2D, scene: Scene, theme: Theme): void {
	canvas.fillStyle = theme.lines;
	canvas.globalAlpha = theme.contrast ? 0.5 : 1;
	for (const { time } of ticksOf(scene)) {
		canvas.fillRect(Math.round(xOf(scene, time)), axisHeight, 1, scene.height);
	}
	canvas.globalAlpha = 1;
}

export function drawAxis(canvas: CanvasRenderingContext2D, scene: Scene, theme: Theme): void {
	const { width, names } = scene;
	canvas.fillStyle = theme.background;
	canvas.fillRect(0, 0, width, axisHeight);
	canvas.fillStyle = theme.lines;
	canvas.fillRect(0, axisHeight - 1, width, 1);
	for (const { time, text } of ticksOf(scene)) {
		const x = xOf(scene, time);
		if (x >= names) {
			label(canvas, theme.quiet, text, x + 3, axisHeight / 2, 120);
		}
	}
}

function ticksOf({ from, scale, width, names }: Scene): readonly { readonly time: number; readonly text: string }[] {
	return tickTimes(from, from + (width - names) / scale, 110 / scale);
}

/** Pixels. */
const widest = 18;

/** Text that ends where its place ends. */
export function label(
	canvas: CanvasRenderingContext2D,
	colour: string,
	text: string,
	x: number,
	y: number,
	width: number,
): void {
	canvas.fillStyle = colour;
	let shown = text;
	// No letter of the chart's font is wider than its height and a half: most short texts need no measuring.
	if (text.length * widest > width) {
		const measured = canvas.measureText(text).width;
		const fits = measured > width ? Math.floor((text.length * width) / measured) - 1 : text.length;
		shown = fits === text.length ? text : fits > 2 ? `${text.slice(0, fits)}…` : '';
	}
	canvas.fillText(shown, x, y);
}
