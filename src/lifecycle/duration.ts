/** Milliseconds in words for people: `5 min`, `30 s`, `250 ms`. */
export function durationText(milliseconds: number): string {
	if (milliseconds >= 60_000 && milliseconds % 60_000 === 0) {
		return `${milliseconds / 60_000} min`;
	}
	return milliseconds >= 1_000 ? `${milliseconds / 1_000} s` : `${milliseconds} ms`;
}
