/** An exception as a run-time wrote it: what was thrown at the bottom of it, by what, and where the role's code was. */
export interface Thrown {
	readonly type: string;
	readonly message: string;
	/** The function that threw it, without its namespaces: `QueueClient.ReceiveMessages`. */
	readonly by?: string;
	readonly place?: Place;
	/** Where `Run` was at that moment, which need not be where it was thrown. */
	readonly runPlace?: Place;
}

export interface Place {
	readonly file: string;
	readonly line?: number;
}

/** `Worker.cs:41` */
export function placeText({ file, line }: Place): string {
	const name = file.split(/[\\/]/).at(-1) ?? file;
	return line === undefined ? name : `${name}:${line}`;
}

const heads: readonly RegExp[] = [
	// .NET writes what was inside after the arrow, Java after "Caused by", Node as [cause]; the last one is the bottom.
	/(?:--->|Caused by:|\[cause\]:)\s*([\w.$`+]+):\s*([^\r\n]*?)(?=\s*--->|\r?$)/gm,
	/^(?:\[[^\]]*\]\s*)?(?:\w+:\s+)?(?:Unhandled exception\.?:?\s*|Uncaught\s+|Exception in thread "[^"]*" )?((?:[\w$`+]+\.)*[\w$`+]*(?:Exception|Error|Fault)[\w$]*):\s*([^\r\n]*?)(?=\s*--->|\r?$)/gm,
];

/** Reads C#, JavaScript, Java and Python; `undefined` where the text tells of no exception. */
export function readThrown(text: string): Thrown | undefined {
	const head = heads.map(pattern => [...text.matchAll(pattern)].at(-1)).find(Boolean);
	if (!head) {
		return undefined;
	}
	const frames = framesOf(text);
	// What was inside has its own stack below its own head, in some run-times after the one of what is outside.
	const inner = framesOf(text.slice(head.index));
	const thrower = (inner[0] ?? frames[0])?.name;
	const place = [...inner, ...frames].find(frame => frame.place)?.place;
	const runPlace = frames.find(frame => frame.place && /(?:^|\.)run(?:Async)?$/i.test(shortName(frame.name)))?.place;
	const by = thrower === undefined ? '' : shortName(thrower);
	return {
		...{ type: head[1] ?? '', message: (head[2] ?? '').trim() },
		...(by && { by }),
		...(place && { place }),
		...(runPlace && { runPlace }),
	};
}

/** Where a line of a stack, of any of these run-times, is in the role's own code. */
export function placeIn(line: string): Place | undefined {
	return framesOf(line)[0]?.place;
}

interface Frame {
	readonly name: string;
	readonly place?: Place;
}

/** From the function that threw outwards. Frames of the run-time itself carry no place. */
function framesOf(text: string): readonly Frame[] {
	const python = [...text.matchAll(/^\s*File "([^"]+)", line (\d+), in (\S+)/gm)];
	if (python.length > 0) {
		return python.reverse().map(([, file = '', line, name = '']) => ({ name, place: { file, line: Number(line) } }));
	}
	return [...text.matchAll(/^\s*at (.+)$/gm)].map(([, frame = '']) => frameOf(frame.replace(/\s*\{?\s*$/, '')));
}

function frameOf(frame: string): Frame {
	const dotnet = /^(.+?)\(.*\)(?: in (.+):line (\d+))?$/.exec(frame);
	if (dotnet?.[2] !== undefined) {
		return { name: dotnet[1] ?? '', place: { file: dotnet[2], line: Number(dotnet[3]) } };
	}
	const parenthesised = /^(?:async )?(.+?) \((.+?):(\d+)(?::\d+)?\)$/.exec(frame);
	const [, name = '', file, line] = parenthesised ?? /^()(\S+?):(\d+)(?::\d+)?$/.exec(frame) ?? [];
	if (file !== undefined) {
		return isOwnFile(file) ? { name, place: { file: fileOf(file), line: Number(line) } } : { name };
	}
	const java = /^([\w.$]+)\((\w+\.\w+):(\d+)\)$/.exec(frame);
	if (java) {
		return { name: java[1] ?? '', place: { file: java[2] ?? '', line: Number(java[3]) } };
	}
	return { name: dotnet?.[1] ?? '' };
}

function isOwnFile(file: string): boolean {
	return !/^node:|[\\/]node_modules[\\/]|[\\/]role-?host[\\/.]|^<anonymous>$/i.test(file);
}

/** `file:///C:/x.mjs` and `file:///x.mjs` as paths; nothing is looked up. */
function fileOf(file: string): string {
	return file.startsWith('file://') ? decodeURI(file.slice(7)).replace(/^\/(?=[A-Za-z]:)/, '') : file;
}

/** What a person calls it: type and method, without what the compiler made of it. */
function shortName(name: string): string {
	const plain = name.replace(/^(?:new|async) /, '').replace(/<(\w+)>d__\d+\.MoveNext$/, '$1');
	return plain
		.split('.')
		.slice(-2)
		.join('.')
		.replace(/^Object\./, '');
}
