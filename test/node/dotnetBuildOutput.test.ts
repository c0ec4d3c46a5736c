import assert from 'node:assert/strict';
import {
	buildErrorOf,
	buildErrorsOf,
	describeBuildError,
	feedNotReached,
	importsNotFound,
	packagesNotFound,
	unresolvedIn,
} from '../../src/node/dotnet/buildOutput';

suite('dotnet build output', () => {
	const lines: Record<string, ReturnType<typeof buildErrorOf>> = {
		"/src/Worker/WorkerRole.cs(12,5): error CS0103: The name 'z' does not exist [/src/Worker/Worker.csproj]": {
			code: 'CS0103',
			message: "The name 'z' does not exist",
			file: '/src/Worker/WorkerRole.cs',
			line: 12,
			column: 5,
		},
		'C:\\src\\a b (1)\\R.cs(3,7,3,9): error CS1002: ; expected [C:\\src\\a b (1)\\R.csproj]': {
			code: 'CS1002',
			message: '; expected',
			file: 'C:\\src\\a b (1)\\R.cs',
			line: 3,
			column: 7,
		},
		'/src/Worker.csproj : error NU1101: Unable to find package Nothing. [/src/All.sln]': {
			code: 'NU1101',
			message: 'Unable to find package Nothing. [/src/All.sln]',
			file: '/src/Worker.csproj',
		},
		'/sdk/Microsoft.Common.targets(1259,5): error MSB3644: Not found [/src/W.csproj::TargetFramework=net48]': {
			code: 'MSB3644',
			message: 'Not found',
			file: '/sdk/Microsoft.Common.targets',
			line: 1259,
			column: 5,
		},
		'/src/x [1].v1/W.csproj(108,5): error : The package is missing [/src/x [1].v1/W.csproj]': {
			code: '',
			message: 'The package is missing',
			file: '/src/x [1].v1/W.csproj',
			line: 108,
			column: 5,
		},
		"CSC : error CS2001: Source file 'x.cs' could not be found. [/src/Worker.csproj]": {
			code: 'CS2001',
			message: "Source file 'x.cs' could not be found.",
		},
		'MSBUILD : error MSB1009: Project file does not exist.': {
			code: 'MSB1009',
			message: 'Project file does not exist.',
		},
		'WorkerRole.cs(2): fatal error CS0009: broken metadata': {
			code: 'CS0009',
			message: 'broken metadata',
			file: 'WorkerRole.cs',
			line: 2,
		},
		'WorkerRole.cs(2,1): warning CS0168: declared but never used [/src/Worker.csproj]': undefined,
		'    1 Error(s)': undefined,
		'Build FAILED.': undefined,
		'': undefined,
	};
	for (const [line, error] of Object.entries(lines)) {
		test(line || 'an empty line', () => assert.deepEqual(buildErrorOf(line), error));
	}

	test('an error is listed once', () => {
		const line = 'a.cs(1,2): error CS1: x [/a.csproj]';
		assert.deepEqual(buildErrorsOf([line, 'Build FAILED.', line, 'a.cs(1,3): error CS1: x']).map(describeBuildError), [
			'a.cs(1,2): CS1: x',
			'a.cs(1,3): CS1: x',
		]);
	});

	test('an endless line is read in no time', () => {
		const began = performance.now();
		assert.equal(buildErrorOf(`${'('.repeat(20_000)}${': error '.repeat(5_000)}`), undefined);
		assert.ok(performance.now() - began < 500);
	});

	test('what is not to be had: packages, feeds and assemblies, each once', () => {
		const restore = [
			'/s/W.csproj : error NU1101: Unable to find package A.B-C. No packages exist with this id in source(s): nuget.org',
			'/s/W.csproj : error NU1102: Unable to find package D with version (>= 2.0.0)',
			'/s/W.csproj : error NU1102:   - Found 9 version(s) in nuget.org [ Nearest version: 1.0.1 ]',
			'/s/X.csproj : error NU1101: Unable to find package A.B-C. No packages exist with this id in source(s): nuget.org',
			`/s/W.csproj(75,3): error MSB4019: The imported project "/x/T.targets" was not found. Confirm that the expression in the Import declaration "$(Tool)/T.targets", which evaluated to "/x/T.targets", is correct. [/s/W.csproj]`,
			'/s/W.csproj : error NU1301: Unable to load the service index for source https://feed/index.json. [/s/W.csproj]',
		].join('\n');
		const missing =
			'warning MSB3245: Could not resolve this reference. Could not locate the assembly "E, Version=1.0.0.0".';
		const unknown = "W.cs(1,7): error CS0246: The type or namespace name 'E' could not be found";
		assert.deepEqual(
			[
				packagesNotFound(restore),
				feedNotReached(restore),
				importsNotFound(restore),
				unresolvedIn(`${missing}\n${missing}\n${unknown}`),
			],
			[
				['A.B-C', 'D'],
				'Unable to load the service index for source https://feed/index.json',
				['$(Tool)/T.targets'],
				['E'],
			],
		);
		assert.deepEqual([packagesNotFound(unknown), feedNotReached(unknown), unresolvedIn(missing)], [[], undefined, []]);
	});
});
