import { drag } from './drag';

/** What a hand on the keys, the wheel or the pointer asks of a chart. */
export interface Gestures {
	/** By the name of the key, without Ctrl, Alt and Cmd. */
	readonly keys: Readonly<Record<string, () => void>>;
	/** Around `x` pixels from the left. */
	readonly zoom: (factor: number, x: number) => void;
	/** By so many pixels to the right. */
	readonly dragged: (by: number) => void;
	/** Pixels from the left and from the top of what is seen. */
	readonly clicked: (x: number, y: number) => void;
}

export function onGestures(target: HTMLElement, { keys, zoom, dragged, clicked }: Gestures): void {
	onKeys(target, keys);
	onWheel(target, zoom);
	drag(target, dragged);
	target.addEventListener('click', event => {
		const bounds = target.getBoundingClientRect();
		clicked(event.clientX - bounds.left, event.clientY - bounds.top);
	});
}

function onKeys(target: HTMLElement, keys: Readonly<Record<string, () => void>>): void {
	target.addEventListener('keydown', event => {
		const act = keys[event.key];
		if (act && !event.altKey && !event.ctrlKey && !event.metaKey) {
			event.preventDefault();
			act();
		}
	});
}

/** With the control key the wheel zooms. */
function onWheel(target: HTMLElement, zoom: Gestures['zoom']): void {
	target.addEventListener(
		'wheel',
		event => {
			if (event.ctrlKey || event.metaKey) {
				event.preventDefault();
				zoom(Math.exp(-event.deltaY / 300), event.offsetX - target.scrollLeft);
			}
		},
		{ passive: false },
	);
}
