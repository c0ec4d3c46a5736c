import { pathOf, uriOf } from './places';

/** Every text that is open in the client, of whatever kind, by its path. */
export class OpenTexts {
	private readonly known = new Map<string, { readonly uri: string; readonly text: string }>();

	edit(uri: string, text: string): void {
		this.known.set(pathOf(uri), { uri, text });
	}

	close(uri: string): void {
		this.known.delete(pathOf(uri));
	}

	textOf(path: string): string | undefined {
		return this.known.get(path)?.text;
	}

	/** The address as the client writes it: a path can be written in several ways. */
	uriOf(path: string): string {
		return this.known.get(path)?.uri ?? uriOf(path);
	}

	paths(): readonly string[] {
		return [...this.known.keys()];
	}
}
