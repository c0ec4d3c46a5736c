import assert from 'node:assert/strict';
import { worthTelling } from '../../src/node/dotnet/buildTelling';

const unknown = (name: string): string => `W.cs(1,7): error CS0246: '${name}' could not be found [/s/W.csproj]`;
const warning = 'W.cs(2,1): warning CS0168: never used [/s/W.csproj]';

suite('what a person sees of a build', () => {
	const builds: Record<
		string,
		{ readonly lines: readonly string[]; readonly details?: string; readonly told: string[] }
	> = {
		'every error of the code, once, without its project and the summary': {
			lines: [warning, ...['A', 'B', 'C', 'D', 'E', 'A'].map(unknown), 'Build FAILED.', '    5 Error(s)', ''],
			told: [warning, ...['A', 'B', 'C', 'D', 'E'].map(unknown)].map(line => line.replace(' [/s/W.csproj]', '')),
		},
		'the first errors where something is not here': {
			lines: [warning, ...['A', 'B', 'C', 'D', 'E'].map(unknown)],
			details: `warning MSB3245: Could not locate the assembly "A". x\n${unknown('A')}`,
			told: [...['A', 'B', 'C'].map(each => unknown(each).replace(' [/s/W.csproj]', '')), 'and 2 more errors'],
		},
		'nothing of a file that is not there to import, for the sentence names it': {
			lines: ['/s/W.csproj(7,3): error MSB4019: The imported project "/x" was not found. [/s/W.csproj]'],
			details: 'error MSB4019: The imported project "/x" was not found.',
			told: [],
		},
		'the first line of a conflict of versions': {
			lines: ['a.targets(2,5): warning MSB3277: Found conflicts between', 'a.targets(2,5): warning MSB3277:     A'],
			told: ['a.targets(2,5): warning MSB3277: Found conflicts between'],
		},
	};
	for (const [name, { lines, details, told }] of Object.entries(builds)) {
		test(name, () => {
			assert.deepEqual(worthTelling(lines, details), told);
		});
	}
});
