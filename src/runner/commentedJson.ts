import { Failure, textOfError } from '../base/failure';
import { LineMap } from '../base/lines';

/** Reads JSON in which comments and commas before a closing bracket may stand. Throws a `Failure` that names the line. */
export function readCommentedJson(path: string, text: string): unknown {
	const plain = withoutComments(text);
	try {
		return JSON.parse(plain);
	} catch (error) {
		const message = textOfError(error);
		throw new Failure(`${path}${lineOf(plain, message)} is no JSON: correct it (${message.replace(/\.$/, '')}).`);
	}
}

/** Comments and superfluous commas become blanks, so that every offset stays what it was. */
function withoutComments(text: string): string {
	const blank = (part: string) => part.replace(/[^\r\n]/g, ' ');
	const token = /"(?:[^"\\]|\\.)*"|\/\/[^\r\n]*|\/\*[\s\S]*?\*\//g;
	const withoutMark = text.replace(/^\uFEFF/, '');
	const commentless = withoutMark.replace(token, part => (part.startsWith('/') ? blank(part) : part));
	return commentless.replace(/"(?:[^"\\]|\\.)*"|,(?=\s*[\]}])/g, part => (part === ',' ? ' ' : part));
}

/** The engine says an offset only in its message, and not for every error. */
function lineOf(text: string, message: string): string {
	const offset = /at position (\d+)/.exec(message)?.[1];
	if (offset !== undefined) {
		return `, line ${new LineMap(text).placeAt(Number(offset)).line},`;
	}
	return /end of JSON input/.test(message) ? `, line ${new LineMap(text).placeAt(text.length).line},` : '';
}
