import { button, element } from '../element';
import { announce, connect } from '../page';
import { fill } from '../protocol';
import { drawPicture } from './drawing';
import type { FromTopology, TopologyView, TopologyWords, ToTopology } from './protocol';

const { words, kept, keep, post, onMessage, loaded } = connect<ToTopology, FromTopology, TopologyWords, TopologyView>();

/** Until somebody has chosen one, the picture fits the page. */
let zoom = typeof kept?.zoom === 'number' ? kept.zoom : undefined;
let status = '';
const heading = element('h1', {});
const state = element('span', { class: 'count' });
const picture = element('div', { class: 'picture' });
const list = element('ul', {});
const drawing = drawPicture(picture, words, about => post({ type: 'open', ...about }));
const scale = (factor: number) => {
	zoom = Math.min(4, Math.max(0.25, (zoom ?? drawing.fitting()) * factor));
	keep({ zoom });
	drawing.zoom(zoom);
};
document.getElementById('page')?.append(
	element('div', { class: 'heading' }, heading, state),
	element(
		'div',
		{ class: 'toolbar', role: 'group', 'aria-label': words.picture },
		button('+', () => scale(1.25), { 'aria-label': words.zoomIn, title: words.zoomIn }),
		button('−', () => scale(0.8), { 'aria-label': words.zoomOut, title: words.zoomOut }),
		element('span', { class: 'space' }),
		button(fill(words.exportAs, 'SVG'), () => post({ type: 'export', format: 'svg' })),
		button(fill(words.exportAs, 'Mermaid'), () => post({ type: 'export', format: 'mermaid' })),
	),
	picture,
	element('details', { class: 'as-text' }, element('summary', {}, words.asText), list),
);
window.addEventListener('resize', () => drawing.zoom(zoom ?? drawing.fitting()));
onMessage(message => {
	heading.textContent = message.picture.title;
	state.textContent = message.status;
	drawing.show(message.picture);
	drawing.zoom(zoom ?? drawing.fitting());
	list.replaceChildren(...drawing.sentences.map(text => element('li', {}, text)));
	if (status !== '' && message.status !== status) {
		announce(message.status);
	}
	status = message.status;
});
loaded();
