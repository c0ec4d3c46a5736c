import type { Picture } from '../../history/picture';
import type { Words } from '../protocol';

export type ToTopology = {
	readonly type: 'picture';
	readonly picture: Picture;
	/** How the service is, in a sentence, to be said when it is another one than before. */
	readonly status: string;
};

export type FromTopology =
	| { readonly type: 'export'; readonly format: 'svg' | 'mermaid' }
	| { readonly type: 'open'; readonly role: string; readonly instance?: string };

export interface TopologyWords extends Words {
	readonly picture: string;
	readonly pictureHelp: string;
	readonly zoomIn: string;
	readonly zoomOut: string;
	readonly exportAs: string;
	readonly asText: string;
}

export interface TopologyView {
	readonly zoom: number;
}
