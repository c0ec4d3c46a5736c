import { element } from '../element';

/** The boxes that a chart is made of. */
export interface ChartElements {
	/** What stands in the page. */
	readonly box: HTMLElement;
	/** What the browser scrolls, and what has the focus. */
	readonly root: HTMLElement;
	/** An empty box as large as the whole timeline. */
	readonly size: HTMLElement;
	readonly canvas: HTMLCanvasElement;
	/** The selected entry, for a screen reader. */
	readonly option: HTMLElement;
}

export function makeElements(label: string, help: string): ChartElements {
	const canvas = element('canvas', { 'aria-hidden': 'true' });
	const option = element('div', {
		role: 'option',
		id: 'chart-entry',
		'aria-selected': 'true',
		class: 'visually-hidden',
	});
	const size = element('div', { class: 'size' }, canvas);
	const root = element(
		'div',
		{
			...{ class: 'chart', tabindex: 0, role: 'listbox', 'aria-label': label },
			...{ 'aria-describedby': 'chart-help', 'aria-activedescendant': 'chart-entry' },
		},
		size,
		option,
	);
	const described = element('div', { id: 'chart-help', class: 'visually-hidden' }, help);
	return { box: element('div', { class: 'chart-box' }, root, described), root, size, canvas, option };
}
