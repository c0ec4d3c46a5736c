import assert from 'node:assert/strict';
import { type CodeUse, usesIn } from '../../src/code/uses';

/** Code by the name of its file, and every name in it: kind, name and, where it is not the file's own role, whose. */
const rows: readonly (readonly [title: string, file: string, code: string, ...names: readonly string[]])[] = [
	// C#
	['a setting', 'a.cs', 'RoleEnvironment.GetConfigurationSettingValue("S")', 'setting S'],
	[
		'with its namespace',
		'a.cs',
		'Microsoft.WindowsAzure.ServiceRuntime.RoleEnvironment.GetLocalResource("L").RootPath',
		'localStorage L',
	],
	['by a wrapper', 'a.cs', 'environment.GetConfigurationSettingValue("S")', 'setting S'],
	['by the manager', 'a.cs', 'CloudConfigurationManager.GetSetting("S", false)', 'setting S or appSetting'],
	['by the storage client', 'a.cs', 'CloudStorageAccount.FromConfigurationSetting("S")', 'setting S or appSetting'],
	[
		'of the diagnostics',
		'a.cs',
		'DiagnosticMonitor.Start("Some.ConnectionString", config)',
		'setting Some.ConnectionString',
	],
	['a named argument', 'a.cs', 'RoleEnvironment.GetLocalResource(localResourceName: "L")', 'localStorage L'],
	['an own endpoint', 'a.cs', 'RoleEnvironment.CurrentRoleInstance.InstanceEndpoints["E"].IPEndpoint', 'endpoint E'],
	[
		'an endpoint of a role',
		'a.cs',
		'RoleEnvironment.Roles["R"].Instances[0].InstanceEndpoints["E"]',
		'role R',
		'endpoint E of R',
	],
	['an endpoint of some instance', 'a.cs', 'instance.InstanceEndpoints["E"]', 'endpoint E of any'],
	[
		'an endpoint of a role in a variable',
		'a.cs',
		'RoleEnvironment.Roles[name].Instances[0].InstanceEndpoints["E"]',
		'endpoint E of any',
	],
	[
		'through variables',
		'a.cs',
		'foreach (var i in RoleEnvironment.Roles["R"].Instances) { use(i.InstanceEndpoints["E"]); }',
		'role R',
		'endpoint E of R',
	],
	[
		'through a variable with a type',
		'a.cs',
		'RoleInstance me = RoleEnvironment.CurrentRoleInstance; me.InstanceEndpoints["E"];',
		'endpoint E',
	],
	[
		'a variable that became another',
		'a.cs',
		'var r = RoleEnvironment.Roles["R"]; r = Other(); r.X["Y"]; r.InstanceEndpoints["E"]',
		'role R',
		'endpoint E of any',
	],
	[
		'what is only asked for',
		'a.cs',
		'if (x.InstanceEndpoints.ContainsKey("E") && RoleEnvironment.Roles.TryGetValue("R", out var r)) {}',
		'endpoint E of any if there',
		'role R if there',
	],
	[
		'a constant',
		'a.cs',
		'const string Name = "S"; string V => RoleEnvironment.GetConfigurationSettingValue(Name);',
		'setting S',
	],
	[
		'a readonly field',
		'a.cs',
		'static readonly string Name = "S"; string V => RoleEnvironment.GetConfigurationSettingValue(Name);',
		'setting S',
	],
	['over lines', 'a.cs', 'RoleEnvironment\n\t.Roles["R"]\n\t.Instances', 'role R'],
	['null tests', 'a.cs', 'RoleEnvironment.CurrentRoleInstance?.InstanceEndpoints?["E"]', 'endpoint E'],
	['a verbatim text', 'a.cs', 'RoleEnvironment.GetLocalResource(@"L")', 'localStorage L'],
	['a raw text', 'a.cs', 'RoleEnvironment.GetLocalResource("""L""")', 'localStorage L'],
	[
		'in a hole of a text',
		'a.cs',
		'$"a {RoleEnvironment.GetConfigurationSettingValue("S")} \\" {{ b"; x.InstanceEndpoints["E"]',
		'setting S',
		'endpoint E of any',
	],
	[
		'nothing in comments',
		'a.cs',
		'// RoleEnvironment.Roles["A"]\n/* RoleEnvironment.Roles["B"] " */ RoleEnvironment.Roles["C"]',
		'role C',
	],
	['nothing in texts', 'a.cs', 'var s = "RoleEnvironment.Roles[\\"A\\"] // "; RoleEnvironment.Roles["C"]', 'role C'],
	[
		'nothing in lines of the preprocessor',
		'a.cs',
		'#region it\'s RoleEnvironment.Roles["A"]\nRoleEnvironment.Roles["C"]\n#endregion',
		'role C',
	],
	['a quote as a character', 'a.cs', 'var q = \'"\'; RoleEnvironment.Roles["C"]', 'role C'],
	[
		'nothing that is put together',
		'a.cs',
		'RoleEnvironment.GetConfigurationSettingValue("A" + b); RoleEnvironment.GetConfigurationSettingValue($"A{b}")',
	],
	[
		'nothing of others',
		'a.cs',
		'Roles["Admin"]; GetLocalResource("Title"); user.Roles["X"]; ConfigurationManager.AppSettings["Y"] // RoleEnvironment',
	],
	[
		'half typed',
		'a.cs',
		'var a = RoleEnvironment.GetConfigurationSettingValue("Que\nvar b = RoleEnvironment.Roles["C"',
		'setting Que half',
		'role C',
	],
	// Visual Basic
	['VB setting', 'a.vb', 'Dim s = RoleEnvironment.GetConfigurationSettingValue("S")', 'setting S'],
	['VB in any case', 'a.vb', 'dim s = roleenvironment.getlocalresource("L")', 'localStorage L'],
	['VB endpoint', 'a.vb', 'RoleEnvironment.CurrentRoleInstance.InstanceEndpoints("E").IPEndpoint', 'endpoint E'],
	[
		'VB through variables',
		'a.vb',
		'Dim roles = RoleEnvironment.Roles("R")\nFor Each instance In roles.Instances\n\tDim e As RoleInstanceEndpoint = instance.InstanceEndpoints("E")\nNext',
		'role R',
		'endpoint E of R',
	],
	[
		'VB comments',
		'a.vb',
		'\' RoleEnvironment.Roles("A")\nREM RoleEnvironment.Roles("B")\nx = "it\'s """ & RoleEnvironment.Roles("C").Name',
		'role C',
	],
	[
		'VB constant',
		'a.vb',
		'Const Name As String = "S"\nx = RoleEnvironment.GetConfigurationSettingValue(Name)',
		'setting S',
	],
	// F#
	['F# without parentheses', 'a.fs', 'let s = RoleEnvironment.GetConfigurationSettingValue "S" |> int', 'setting S'],
	['F# indexer', 'a.fs', 'RoleEnvironment.CurrentRoleInstance.InstanceEndpoints.["E"].IPEndpoint', 'endpoint E'],
	[
		'F# comments',
		'a.fs',
		'(* a (* b *) RoleEnvironment.Roles.["A"] *) let f (x: \'a) = ``it\'s`` + RoleEnvironment.Roles.["C"]',
		'role C',
	],
	// JavaScript and TypeScript
	[
		'azure settings',
		'a.js',
		"azure.RoleEnvironment.getConfigurationSettings(function (error, settings) { use(settings['S'], settings.T); });",
		'setting S',
		'setting T',
	],
	[
		'azure resources',
		'a.ts',
		"RoleEnvironment.getLocalResources((e: Error, found: any) => found['L']['path'])",
		'localStorage L',
	],
	[
		'azure endpoints',
		'a.js',
		"RoleEnvironment.getCurrentRoleInstance((e, me) => me['endpoints']['E']['address'])",
		'endpoint E',
	],
	[
		'azure roles',
		'a.js',
		"RoleEnvironment.getRoles((e, roles) => roles['R']['i0']['endpoints']['E'])",
		'role R',
		'endpoint E of R',
	],
	[
		'a role module',
		'a.js',
		"module.exports = { async run(role) { role.settings.S; role.settings['T 2']; role.localResource('L').path; role.endpoints.E.port; } }",
		'setting S',
		'setting T 2',
		'localStorage L',
		'endpoint E',
	],
	[
		'another role of a module',
		'a.mjs',
		'export const run = async context => context.roles.R.instances[0].endpoints.E;',
		'role R',
		'endpoint E of R',
	],
	[
		'a module with parts of its context',
		'a.mjs',
		'export default { onStart: ({ settings }) => settings.S }',
		'setting S',
	],
	[
		'parts in variables',
		'a.ts',
		'export async function run(role: RoleContext) { const { settings } = role; const { roles } = role; settings.S; roles.R }',
		'setting S',
		'role R',
	],
	['a context by its type', 'a.ts', 'function work(c: RoleContext) { return c.settings.S }', 'setting S'],
	['no method of a class', 'a.js', 'class Job { run(job) { return job.settings.S } }'],
	[
		'no methods of a collection',
		'a.js',
		'exports.run = role => role.settings.hasOwnProperty("S") && role.settings.toString()',
		'setting S if there',
	],
	[
		'JS texts',
		'a.js',
		"exports.run = role => `a ${role.settings.A} ${'`'} b` + /[\"'/]/.test(x) + role.settings.B + 'role.settings.C'",
		'setting A',
		'setting B',
	],
	// Java
	['Java setting', 'A.java', 'String s = RoleEnvironment.getConfigurationSettings().get("S");', 'setting S'],
	[
		'Java resource',
		'A.java',
		'Map<String, LocalResource> found = RoleEnvironment.getLocalResources(); found.get("L");',
		'localStorage L',
	],
	[
		'Java roles',
		'A.java',
		'for (RoleInstance i : RoleEnvironment.getRoles().get("R").getInstances().values()) { i.getInstanceEndpoints().get("E"); }',
		'role R',
		'endpoint E of R',
	],
	[
		'Java own endpoint',
		'A.java',
		'RoleEnvironment.getCurrentRoleInstance().getInstanceEndpoints().get("E")',
		'endpoint E',
	],
	// Python
	[
		'Python through .NET',
		'a.py',
		"s = RoleEnvironment.GetConfigurationSettingValue('S')  # RoleEnvironment.Roles['A']",
		'setting S',
	],
	[
		'Python of a wrapper',
		'a.py',
		"settings = RoleEnvironment.get_configuration_settings()\nx = settings['S']",
		'setting S',
	],
	[
		'Python texts',
		'a.py',
		'"""RoleEnvironment.Roles["A"]""" + f"{RoleEnvironment.GetConfigurationSettingValue(\'S\')}" + r"\\" + RoleEnvironment.Roles["C"].Name'.replace(
			'r"\\"',
			'r"\\d"',
		),
		'setting S',
		'role C',
	],
	// PHP
	[
		'PHP library',
		'a.php',
		"<p>it's</p><?php $s = RoleEnvironment::getConfigurationSettings(); echo $s['S']; ?> RoleEnvironment::getRoles()['A']",
		'setting S',
	],
	[
		'PHP endpoints',
		'a.php',
		"<?php $i = RoleEnvironment::getCurrentRoleInstance(); $e = $i->getInstanceEndpoints(); $e['E']->getAddress();",
		'endpoint E',
	],
	[
		'PHP extension',
		'a.php',
		'<?= azure_getconfig(\'S\') . azure_getlocalresourcepath("L") /* ?> */ ?>',
		'setting S',
		'localStorage L',
	],
	[
		'PHP texts',
		'a.php',
		"<?php # it's\n$a = <<<EOT\nazure_getconfig('A')\nEOT;\necho azure_getconfig(\"$name\"), azure_getconfig('C');",
		'setting C',
	],
	// Others
	['no language of ours', 'a.txt', 'RoleEnvironment.Roles["A"]'],
];

suite('names in code', () => {
	for (const [title, file, code, ...names] of rows) {
		test(`${file.split('.')[1]}: ${title}`, () => {
			const found = usesIn(file, code);
			assert.deepEqual(found.map(words), names);
			for (const { span, name } of found) {
				assert.equal(code.slice(span.start, span.end), name);
			}
		});
	}

	test('any text is read, in time', () => {
		const pieces = rows.flatMap(([, , code]) => code.split(/(?<=\W)/));
		let seed = 7;
		const random = (below: number) => {
			seed = (seed * 1103515245 + 12345) % 2147483648;
			return seed % below;
		};
		const files = [...new Set(rows.map(([, file]) => file))];
		for (let round = 0; round < 3000; round++) {
			const text = Array.from({ length: random(60) }, () => pieces[random(pieces.length)]).join('');
			for (const { span, name } of usesIn(files[round % files.length] ?? '', `RoleEnvironment ${text}`)) {
				assert.equal(`RoleEnvironment ${text}`.slice(span.start, span.end), name);
			}
		}
	});

	for (const [what, piece] of [
		['brackets', 'RoleEnvironment.Roles[('],
		['closing brackets', 'RoleEnvironment)]}'],
		['comments', 'RoleEnvironment /* (* // '],
		['holes', '$"{ `${ '],
		['quotes', 'RoleEnvironment."\'`'],
		['assignments', 'a = RoleEnvironment.b[a] = '],
		['slashes', 'RoleEnvironment / [ '],
	] as const) {
		test(`a text full of unclosed ${what} takes no longer than another`, () => {
			const text = `RoleEnvironment onStart settings azure_get <?php ${piece.repeat(4000)}`;
			for (const extension of ['cs', 'vb', 'fs', 'js', 'java', 'py', 'php']) {
				const start = performance.now();
				usesIn(`a.${extension}`, text);
				assert.ok(performance.now() - start < 2000, `${extension} took ${performance.now() - start} ms`);
			}
		});
	}
});

function words({ kind, name, role, needs, closed }: CodeUse): string {
	const whose = kind !== 'endpoint' || role === 'own' ? '' : ` of ${role === 'any' ? 'any' : role.name}`;
	const need = { declaration: '', declarationOrAppSetting: ' or appSetting', nothing: ' if there' }[needs];
	return `${kind} ${name}${whose}${need}${closed ? '' : ' half'}`;
}
