/**
 * Tells when a hand scrolls away from the end, and when it comes back to it, by whatever means: wheel, keys, the scroll bar,
 * a finger. What the page itself scrolls goes to the end, and what grows there does not scroll.
 */
export function onLeavingEnd(
	box: HTMLElement,
	side: 'scrollLeft' | 'scrollTop',
	isAtEnd: () => boolean,
	followed: (follows: boolean) => void,
): void {
	let last = box[side];
	box.addEventListener(
		'scroll',
		() => {
			const moved = box[side] - last;
			last = box[side];
			const atEnd = isAtEnd();
			if ((moved < 0 && !atEnd) || (moved > 0 && atEnd)) {
				followed(atEnd);
			}
		},
		{ passive: true },
	);
}
