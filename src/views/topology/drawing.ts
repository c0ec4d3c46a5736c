import type { Box, Picture, Shape } from '../../history/picture';
import { setAttributes, svgElement } from '../element';
import { roving } from '../roving';
import type { TopologyWords } from './protocol';

export interface Drawing {
	show(picture: Picture): void;
	zoom(factor: number): void;
	/** The factor at which it is as wide as its place, if it can be read then. */
	fitting(): number;
	/** What the picture says, a sentence a thing. */
	readonly sentences: readonly string[];
}

/**
 * The picture as elements of SVG: whatever has words can be reached with Tab and the arrow keys and is read out. A new
 * picture takes the place of the old one, and the focus stays on the same thing.
 */
export function drawPicture(
	place: HTMLElement,
	words: TopologyWords,
	open: (about: NonNullable<Box['about']>) => void,
): Drawing {
	const svg = svgElement('svg', { role: 'group', 'aria-label': `${words.picture}. ${words.pictureHelp}` });
	place.append(svg);
	const keys = roving(svg, '[data-id]', nextIn);
	let size = { width: 1, height: 1 };
	let sentences: readonly string[] = [];
	const about = new Map<string, NonNullable<Box['about']>>();

	const openAt = (target: EventTarget | null) => {
		const id = target instanceof Element ? target.closest<SVGElement>('[data-id]')?.dataset.id : undefined;
		const found = id === undefined ? undefined : about.get(id);
		if (found) {
			open(found);
		}
	};
	svg.addEventListener('click', event => openAt(event.target));
	svg.addEventListener('keydown', event => {
		if (event.key === 'Enter' || event.key === ' ') {
			event.preventDefault();
			openAt(event.target);
		}
	});

	return {
		show: picture => {
			const focused = svg.contains(document.activeElement)
				? document.activeElement?.closest<SVGElement>('[data-id]')?.dataset.id
				: undefined;
			const boxes = picture.shapes.flatMap(shape => (shape.shape === 'box' && shape.says !== undefined ? [shape] : []));
			about.clear();
			for (const box of boxes) {
				if (box.about) {
					about.set(box.id, box.about);
				}
			}
			sentences = boxes.flatMap(({ says }) => says ?? []);
			size = picture;
			setAttributes(svg, { viewBox: `0 0 ${picture.width} ${picture.height}` });
			svg.replaceChildren(arrow(), ...picture.shapes.map(draw));
			keys.refresh();
			if (focused !== undefined) {
				svg.querySelector<SVGElement>(`[data-id="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
			}
		},
		zoom: factor => setAttributes(svg, { width: size.width * factor, height: size.height * factor }),
		fitting: () => Math.min(1, Math.max(smallest, (place.clientWidth - 2) / size.width)),
		get sentences() {
			return sentences;
		},
	};
}

/** Below this factor words of 12 pixels are hard to read. */
const smallest = 0.7;

function arrow(): SVGElement {
	const marker = {
		...{ id: 'arrow', viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: 'auto' },
	};
	return svgElement(
		'defs',
		{},
		svgElement('marker', marker, svgElement('path', { d: 'M0 0L8 4L0 8z', class: 'arrow' })),
	);
}

function draw(shape: Shape): SVGElement {
	switch (shape.shape) {
		case 'box':
			return drawBox(shape);
		case 'line':
			return svgElement('path', {
				...{ d: shape.path, class: shape.dashed ? 'line dashed' : 'line' },
				...{ 'marker-end': 'url(#arrow)', 'aria-hidden': 'true' },
			});
		case 'label':
			return svgElement(
				'text',
				{
					...{ x: shape.x, y: shape.y, class: `label ${shape.look ?? ''}` },
					...{ 'text-anchor': shape.anchor, 'aria-hidden': 'true' },
				},
				shape.text,
			);
	}
}

function drawBox({ id, x, y, width, height, look, dashed, says, about }: Box): SVGElement {
	const frame = { x, y, width, height, rx: look === 'cell' ? 0 : 4, class: `box ${look}${dashed ? ' dashed' : ''}` };
	if (says === undefined) {
		return svgElement('rect', { ...frame, 'aria-hidden': 'true' });
	}
	const reached = { 'data-id': id, role: about ? 'button' : 'img', 'aria-label': says };
	return svgElement('rect', { ...frame, ...reached }, svgElement('title', {}, says));
}

/** The nearest thing in the direction of an arrow key; Home and End go to the first and the last. */
function nextIn(key: string, from: number, things: readonly Element[]): number | undefined {
	if (key === 'Home' || key === 'End') {
		return key === 'Home' ? 0 : things.length - 1;
	}
	const [dx, dy] = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[key] ?? [0, 0];
	if (dx === 0 && dy === 0) {
		return undefined;
	}
	const places = things.map(thing => {
		const { left, top } = thing.getBoundingClientRect();
		return { left, top };
	});
	const here = places[from] ?? { left: 0, top: 0 };
	let best: number | undefined;
	let least = Number.POSITIVE_INFINITY;
	for (const [index, { left, top }] of places.entries()) {
		const along = (left - here.left) * (dx ?? 0) + (top - here.top) * (dy ?? 0);
		const across = Math.abs((left - here.left) * (dy ?? 0)) + Math.abs((top - here.top) * (dx ?? 0));
		if (index !== from && along > 1 && along + 6 * across < least) {
			least = along + 6 * across;
			best = index;
		}
	}
	return best;
}
