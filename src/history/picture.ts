import type { StateLook } from './looks';

/** A picture as shapes: drawn by the page, and written as SVG. Lengths in pixels. */
export interface Picture {
	readonly title: string;
	readonly width: number;
	readonly height: number;
	readonly shapes: readonly Shape[];
}

export type Shape = Box | Line | Label;

export interface Box {
	readonly shape: 'box';
	/** The same thing has the same id in the next picture. */
	readonly id: string;
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
	readonly look: BoxLook;
	/** The outline of something that gets no traffic. */
	readonly dashed?: boolean;
	/** What a screen reader says, in full; what has none is only drawn. */
	readonly says?: string;
	readonly about?: { readonly role: string; readonly instance?: string };
}

export type BoxLook = 'deployment' | 'balancer' | 'role' | 'cell' | 'endpoint' | StateLook;

export interface Line {
	readonly shape: 'line';
	/** An SVG path. */
	readonly path: string;
	readonly dashed?: boolean;
}

export interface Label {
	readonly shape: 'label';
	readonly x: number;
	readonly y: number;
	readonly text: string;
	readonly look?: 'title' | 'quiet' | 'chip';
	readonly anchor?: 'middle' | 'end';
}
