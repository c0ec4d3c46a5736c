/** Tells by how much the pointer was drawn to the side. */
export function drag(target: HTMLElement, moved: (by: number) => void): void {
	let from: number | undefined;
	target.addEventListener('pointerdown', event => {
		const inside = event.offsetX - target.scrollLeft < target.clientWidth && event.pointerType === 'mouse';
		from = event.button === 0 && inside ? event.clientX : undefined;
	});
	target.addEventListener('pointermove', event => {
		if (from !== undefined && event.buttons === 1 && Math.abs(event.clientX - from) > 2) {
			moved(event.clientX - from);
			from = event.clientX;
		}
	});
	target.addEventListener('pointerup', () => {
		from = undefined;
	});
}
