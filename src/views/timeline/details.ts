import { button, element } from '../element';
import type { Details, Explanation, Row, TimelineWords } from './protocol';

/** What is known of one entry: what it says, why an instance restarted, what was written around it, where to go from it. */
export function detailsOf(details: Details, words: TimelineWords, act: (action: number) => void): readonly Node[] {
	const { title, lines, fields, explanation, output, after, actions } = details;
	const rest = actions.flatMap(({ title: text, inChain }, index) => (inChain ? [] : [button(text, () => act(index))]));
	return [
		element('h2', {}, title),
		...(explanation ? [explanationOf(explanation, details, words, act)] : lines.length > 0 ? [pre(lines)] : []),
		...(rest.length > 0 ? [element('div', { class: 'toolbar' }, ...rest)] : []),
		element('h3', {}, words.output),
		outputOf(output, after, words),
		element(
			'dl',
			{ class: 'fields' },
			...fields.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]),
		),
	];
}

function pre(lines: readonly string[]): HTMLElement {
	return element('pre', { tabindex: 0 }, lines.join('\n'));
}

function explanationOf(
	{ sentence, chain, fix }: Explanation,
	{ actions }: Details,
	words: TimelineWords,
	act: (action: number) => void,
): HTMLElement {
	const links = chain.map(({ text, actions: places }) =>
		element(
			'li',
			{},
			text,
			...places.flatMap(place => [' ', button(actions[place]?.title ?? '', () => act(place), { class: 'link' })]),
		),
	);
	return element(
		'section',
		{ class: 'explanation', 'aria-label': words.why },
		element('p', { class: 'sentence' }, sentence),
		element('ol', {}, ...links),
		...(fix === undefined ? [] : [element('p', {}, element('strong', {}, words.fix), ' ', fix)]),
	);
}

/** The entry itself stands between what was before it and what came after. */
function outputOf(output: readonly Row[], after: number, words: TimelineWords): HTMLElement {
	if (output.length === 0) {
		return element('p', {}, words.noOutput);
	}
	const lines: readonly Node[] = output.map(({ time, text, bad }) =>
		element('div', bad ? { class: 'bad' } : {}, `${time}  ${text}`),
	);
	const here = element('div', { class: 'here' }, `── ${words.thisEntry}`);
	return element('pre', { tabindex: 0, class: 'output' }, ...lines.slice(0, after), here, ...lines.slice(after));
}
