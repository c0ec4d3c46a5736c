/** Does the work once in the next frame, however often it is asked for until then. */
export function perFrame(work: () => void): () => void {
	let asked = false;
	return () => {
		if (!asked) {
			asked = true;
			requestAnimationFrame(() => {
				asked = false;
				work();
			});
		}
	};
}
