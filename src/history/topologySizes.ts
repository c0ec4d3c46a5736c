/** The sizes of a topology's picture, in pixels, that its parts agree on. */

/** Between things, and around them. */
export const gap = 16;

/** The head of a deployment, a role, the balancer. */
export const titleHeight = 30;

/** The height of an endpoint. */
export const pill = 24;

/** From the balancer to the roles, for the lines. */
export const linesWidth = 70;

/** A character of 12 pixels, in any sans-serif that a viewer may have. */
const character = 6.8;

/** The narrowest and the widest endpoint; what is longer is cut, and said in full by its box. */
const narrowest = 224;
const widest = 400;
const padding = 16;

export function textWidth(text: string): number {
	return Math.ceil(text.length * character);
}

/** A box that all of these texts fit into, as far as that is useful. */
export function pillWidth(texts: readonly string[], least = narrowest): number {
	return Math.min(widest, Math.max(least, ...texts.map(text => textWidth(text) + padding)));
}

/** What of a text fits into an endpoint of this width. */
export function cutToPill(text: string, width: number): string {
	const fits = Math.floor((width - padding) / character);
	return text.length > fits ? `${text.slice(0, fits - 1)}…` : text;
}
