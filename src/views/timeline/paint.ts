import { perFrame } from '../frames';
import { onThemeChange } from '../page';
import type { ChartElements } from './chartElements';
import { draw } from './drawing';
import { readTheme } from './looks';
import type { Scene } from './scene';

/**
 * Draws what is seen, once in a frame however often it is asked for; by itself when the box is scrolled, gets another size
 * or other colours. `sceneNow` gives what is seen; `undefined` where there is nothing yet.
 */
export function makePaint({ root, canvas }: ChartElements, sceneNow: () => Scene | undefined): () => void {
	const drawing = canvas.getContext('2d', { alpha: false });
	let theme = readTheme();
	const paint = perFrame(() => {
		const scene = root.clientWidth === 0 ? undefined : sceneNow();
		// Opaque, it is black until something is drawn.
		canvas.style.visibility = scene ? 'visible' : 'hidden';
		if (drawing && scene) {
			const ratio = fitCanvas(canvas, root);
			drawing.setTransform(ratio, 0, 0, ratio, 0, 0);
			draw(drawing, scene, theme);
		}
	});
	root.addEventListener('scroll', paint, { passive: true });
	root.addEventListener('focus', paint);
	new ResizeObserver(paint).observe(root);
	onThemeChange(() => {
		theme = readTheme();
		paint();
	});
	return paint;
}

/** As many pixels of the screen as the box has; gives how many there are for a pixel of CSS. */
function fitCanvas(canvas: HTMLCanvasElement, { clientWidth, clientHeight }: HTMLElement): number {
	const ratio = window.devicePixelRatio;
	const [width, height] = [Math.round(clientWidth * ratio), Math.round(clientHeight * ratio)];
	if (canvas.width !== width || canvas.height !== height) {
		canvas.width = width;
		canvas.height = height;
		canvas.style.width = `${clientWidth}px`;
		canvas.style.height = `${clientHeight}px`;
	}
	return ratio;
}
