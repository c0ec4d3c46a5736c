import assert from 'node:assert/strict';
import { ignoresIn, silenceInCode } from '../../src/code/ignore';
import { ownersOf } from '../../src/code/ownership';
import { checkCode } from '../../src/code/problems';
import { usesIn } from '../../src/code/uses';
import { serviceFrom } from '../support/services';

const { service } = serviceFrom({ definition: '<WorkerRole name="Back"/>' });
const services = [{ service, folders: [{ role: 'Back', folder: '/s/Back' }] }];

/** The codes of what is left, each with the line that it stands in. */
function leaves(path: string, text: string, expected: readonly string[]): void {
	const problems = checkCode(usesIn(path, text), ownersOf(`/s/Back/${path}`, services), new Set());
	const left = silenceInCode(problems, ignoresIn(path, text));
	assert.deepEqual(
		left.map(({ code, span }) => `${code} ${text.slice(0, span.start).split('\n').length}`),
		expected,
	);
}

const use = 'RoleEnvironment.GetConfigurationSettingValue("X")';

suite('comments that silence the problems of code', () => {
	for (const [what, path, text, expected] of [
		['nothing silenced', 'a.cs', `${use};`, ['undeclaredInCode 1']],
		[
			'the line below',
			'a.cs',
			`// rolewright-ignore undeclaredInCode: from a package\n${use};\n${use};`,
			['undeclaredInCode 3'],
		],
		['with lines between', 'a.cs', `// rolewright-ignore undeclaredInCode: so\n// more\n\n${use};`, []],
		['its own line', 'a.cs', `${use}; // rolewright-ignore undeclaredInCode: so\n${use};`, ['undeclaredInCode 2']],
		['in a block', 'a.cs', `/* rolewright-ignore undeclaredInCode: so */\n${use};`, []],
		['Visual Basic', 'a.vb', `' rolewright-ignore undeclaredInCode: so\nDim a = ${use}`, []],
		['F#', 'a.fs', `(* rolewright-ignore undeclaredInCode: so *)\nlet a = ${use}`, []],
		['Python', 'a.py', `# rolewright-ignore undeclaredInCode: so\na = ${use}`, []],
		['without a reason', 'a.cs', `// rolewright-ignore undeclaredInCode\n${use};`, ['ignoreWithoutReason 1']],
		[
			'another code',
			'a.cs',
			`// rolewright-ignore unknownSetting: so\n${use};`,
			['undeclaredInCode 2', 'unusedIgnore 1'],
		],
		['in a text', 'a.cs', `var s = "rolewright-ignore undeclaredInCode: so";\n${use};`, ['undeclaredInCode 2']],
	] as const) {
		test(what, () => leaves(path, text, expected));
	}
});
