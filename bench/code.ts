import { usesIn } from '../src/code/uses';
import { digits, type Measured, timed } from './measure';

const files = 10_000;

/**
 * The names in 10,000 source files of 4 KB, of which every tenth names something, as the background search reads them
 * (without the disk); beside it the least that any search has to do, a pass of `indexOf` over the same texts.
 */
export function measureCode(): readonly Measured[] {
	const plain = sample('Queue queue = Find("orders"); // it\'s one of many\n');
	const naming = sample('var x = RoleEnvironment.GetConfigurationSettingValue("Queue"); /* "a" */\n');
	const texts = Array.from({ length: files }, (_, at) => `// ${at}\n${at % 10 === 0 ? naming : plain}`);
	const expected = (files / 10) * (naming.split('RoleEnvironment').length - 1);
	const search = timed(() => names(texts, expected), 5, 1);
	const everywhere = texts.slice(0, files / 10).map((_, at) => `// ${at}\n${naming}`);
	const read = timed(() => names(everywhere, expected), 5, 1);
	const peer = timed(() => texts.filter(text => text.includes('CloudConfigurationManager')).length, 5, 1);
	return [
		{ what: `names in ${files} source files of 4 KB, every tenth with some`, ...search, bound: 2000 },
		{
			what: `  peer: a pass of indexOf over the same texts (we take ${digits(search.fastest / peer.fastest)} times as long)`,
			...peer,
		},
		{ what: '  of this: the thousand files with names, read as code', ...read },
	];
}

function names(texts: readonly string[], expected: number): void {
	const found = texts.reduce((sum, text) => sum + usesIn('Role.cs', text).length, 0);
	if (found !== expected) {
		throw new Error(`${found} names were found where ${expected} are.`);
	}
}

/** 4 KB of code with a few of these lines in it. */
function sample(line: string): string {
	const filler =
		'public int Count(string name) { return this.items.Where(item => item.Name == name + "s").Count(); }\n';
	const text = filler.repeat(9) + line;
	return text.repeat(Math.ceil(4096 / text.length));
}
