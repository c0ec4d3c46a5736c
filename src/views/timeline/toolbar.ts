import { type EntryKind, entryKinds } from '../../history/entryKinds';
import type { EntryFilter } from '../../history/filter';
import { button, element, toggle } from '../element';
import { fill } from '../protocol';
import { roving } from '../roving';
import { type ExportFormat, exportFormats, type TimelineWords } from './protocol';

export interface ToolbarContext {
	readonly words: TimelineWords;
	readonly filter: EntryFilter;
	readonly shown: 'chart' | 'table';
	readonly filterChanged: (filter: EntryFilter) => void;
	readonly show: (what: 'chart' | 'table') => void;
	readonly zoom: (factor: number) => void;
	readonly showAll: () => void;
	readonly follow: (follows: boolean) => void;
	readonly exportAs: (format: ExportFormat) => void;
	readonly copy: () => void;
}

export interface Toolbar {
	readonly root: HTMLElement;
	/** The roles and instances that can be chosen between. */
	offer(roles: ReadonlyMap<string, readonly Choice[]>): void;
	showFollow(follows: boolean, possible: boolean): void;
}

export interface Choice {
	readonly key: string;
	readonly name: string;
}

/** Milliseconds after the last key before a text is looked for. */
const typing = 150;

/** Two rows: what to do with the view, and what to see in it. */
export function makeToolbar(context: ToolbarContext): Toolbar {
	const { words } = context;
	let filter = context.filter;
	const change = (part: EntryFilter) => {
		filter = { ...filter, ...part };
		context.filterChanged(filter);
	};
	const follow = toggle(words.follow, false, context.follow);
	const who = element('select', { 'aria-label': words.who });
	const offer = (roles: ReadonlyMap<string, readonly Choice[]>) => {
		who.replaceChildren(element('option', { value: '' }, words.everyone), ...choices(roles, words));
		who.value = filter.instance ? `instance:${filter.instance}` : filter.role ? `role:${filter.role}` : '';
	};
	who.addEventListener('change', () => {
		const [what, name = ''] = who.value.split(':');
		change({ role: what === 'role' ? name : '', instance: what === 'instance' ? name : '' });
	});
	const zooms = [
		button('+', () => context.zoom(1.5), { 'aria-label': words.zoomIn, title: words.zoomIn }),
		button('−', () => context.zoom(1 / 1.5), { 'aria-label': words.zoomOut, title: words.zoomOut }),
		button(words.zoomAll, context.showAll),
	];
	const enable = (what: 'chart' | 'table') => {
		for (const zoom of zooms) {
			zoom.disabled = what === 'table';
		}
	};
	const show = (what: 'chart' | 'table') => {
		enable(what);
		context.show(what);
	};
	enable(context.shown);
	const root = element(
		'div',
		{ class: 'toolbars' },
		element(
			'div',
			{ class: 'toolbar', role: 'group', 'aria-label': words.view },
			...[views(words, context.shown, show), ...zooms, follow],
			element('span', { class: 'space' }),
			...[button(words.copy, context.copy), exports(context)],
		),
		element(
			'div',
			{ class: 'toolbar', role: 'group', 'aria-label': words.filter },
			search(words, filter.text ?? '', text => change({ text })),
			who,
			kindToggles(words, filter.hidden ?? [], hidden => change({ hidden })),
		),
	);
	return {
		root,
		offer,
		showFollow: (follows, possible) => {
			follow.setAttribute('aria-pressed', String(follows && possible));
			follow.disabled = !possible;
		},
	};
}

/** The short names stand beside the word that they share; each button says the whole. */
function exports({ words, exportAs }: ToolbarContext): HTMLElement {
	const buttons = exportFormats.map(format =>
		button(formatNames[format], () => exportAs(format), { 'aria-label': fill(words.exportAs, formatNames[format]) }),
	);
	return element('div', { class: 'toolbar', role: 'group', 'aria-label': words.export }, words.export, ...buttons);
}

const formatNames: Readonly<Record<ExportFormat, string>> = { json: 'JSON', svg: 'SVG', mermaid: 'Mermaid' };

function views(words: TimelineWords, shown: 'chart' | 'table', show: (what: 'chart' | 'table') => void): HTMLElement {
	const one = (what: 'chart' | 'table', text: string) => {
		const made = toggle(text, shown === what, () => {
			for (const other of group.querySelectorAll('button')) {
				other.setAttribute('aria-pressed', String(other === made));
			}
			show(what);
		});
		return made;
	};
	const group = element('div', { class: 'toolbar', role: 'group', 'aria-label': words.view });
	group.append(one('chart', words.chart), one('table', words.table));
	return group;
}

function search(words: TimelineWords, text: string, change: (text: string) => void): HTMLInputElement {
	const attributes = { type: 'search', 'aria-label': words.filterText, placeholder: words.filterText };
	const input = element('input', { ...attributes, value: text });
	let timer = 0;
	input.addEventListener('input', () => {
		clearTimeout(timer);
		timer = window.setTimeout(() => change(input.value), typing);
	});
	return input;
}

function choices(roles: ReadonlyMap<string, readonly Choice[]>, words: TimelineWords): readonly HTMLElement[] {
	return [...roles].map(([role, instances]) =>
		element(
			'optgroup',
			{ label: role },
			element('option', { value: `role:${role}` }, fill(words.wholeRole, role)),
			...instances.map(({ key, name }) => element('option', { value: `instance:${key}` }, name)),
		),
	);
}

/** One stop of Tab for all of them. */
function kindToggles(
	words: TimelineWords,
	hidden: readonly EntryKind[],
	change: (hidden: readonly EntryKind[]) => void,
): HTMLElement {
	const off = new Set(hidden);
	const group = element('div', { class: 'toolbar kinds', role: 'toolbar', 'aria-label': words.kinds });
	group.append(
		...entryKinds.map(kind =>
			toggle(words[`kind:${kind}`] ?? kind, !off.has(kind), pressed => {
				if (pressed) {
					off.delete(kind);
				} else {
					off.add(kind);
				}
				change([...off]);
			}),
		),
	);
	roving(group, 'button');
	return group;
}
