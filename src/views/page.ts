import { isMessage, type KeptState, type Loaded, type Message, type Words } from './protocol';

/** The page's half of the connection to the extension. */
export interface Connection<ToPage, FromPage, W extends Words, View> {
	readonly words: W;
	/** What the page kept of itself; `undefined` the first time, and never sure to be of the form of this version. */
	readonly kept: Partial<View> | undefined;
	keep(view: View): void;
	post(message: FromPage): void;
	onMessage(listener: (message: ToPage) => void): void;
	/** Says that the page is drawn and listens; the extension answers with all that it should show. */
	loaded(): void;
}

interface VsCodeApi {
	postMessage(message: unknown): void;
	getState(): unknown;
	setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** To be called once, by the page's `main.ts`. Words and subject stand in the page, so that it can draw at once. */
export function connect<ToPage extends Message, FromPage extends Message, W extends Words, View>(): Connection<
	ToPage,
	FromPage,
	W,
	View
> {
	const api = acquireVsCodeApi();
	const { words = '{}', subject = 'null' } = document.body.dataset;
	const state = api.getState() as Partial<KeptState> | undefined;
	const about: unknown = JSON.parse(subject);
	const keep = (view: unknown) => api.setState({ subject: about, view } satisfies KeptState);
	keep(state?.view);
	return {
		words: JSON.parse(words) as W,
		kept: (state?.view ?? undefined) as Partial<View> | undefined,
		keep,
		post: message => api.postMessage(message),
		onMessage: listener =>
			window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
				if (isMessage(data)) {
					listener(data as ToPage);
				}
			}),
		loaded: () => api.postMessage({ type: 'loaded' } satisfies Loaded),
	};
}

/** Says something to a screen reader without moving the focus; the same words twice are said twice. */
export function announce(text: string): void {
	const region = document.getElementById('announcements');
	if (region) {
		region.textContent = region.textContent === text ? `${text}\u00a0` : text;
	}
}

/** The person asked the editor, or the system, for less movement. */
export function wantsLessMotion(): boolean {
	return (
		document.body.classList.contains('vscode-reduce-motion') ||
		window.matchMedia('(prefers-reduced-motion: reduce)').matches
	);
}

/** Calls back when the editor's theme, or its size of text, is another one: what a canvas shows has to be drawn anew. */
export function onThemeChange(listener: () => void): void {
	const observer = new MutationObserver(listener);
	observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
	observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
}

/** The colour behind a variable of the theme, for a canvas. */
export function themeColour(variable: string, otherwise: string): string {
	return getComputedStyle(document.documentElement).getPropertyValue(variable).trim() || otherwise;
}
