import type { Problem } from '../base/problem';
import type { Span } from '../base/span';
import type { Service } from '../model/service';

/** Help with one kind of file beside the models. It is made where the server is started, and may look at the disk. */
export interface FileLanguage {
	/** The names of its files. */
	readonly files: RegExp;
	problems(file: OtherFile): readonly Problem[];
	/** `text` takes the place of `replace`. */
	proposals(
		file: OtherFile,
		offset: number,
	): readonly { readonly label: string; readonly text: string; readonly replace: Span }[];
	/** In Markdown. */
	hover(file: OtherFile, offset: number): { readonly text: string; readonly span: Span } | undefined;
}

/** A file as it stands in the editor. */
export interface OtherFile {
	readonly path: string;
	readonly text: string;
	/** The service that a path names, in the texts of this moment; `undefined` where the client's folders have none. */
	serviceAt(path: string): Service | undefined;
}
