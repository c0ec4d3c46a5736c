import assert from 'node:assert/strict';
import type { Change } from '../src/compare/change';
import { impactPage } from '../src/extension/impact/impactPage';

const course = [
	{ domain: 0, instances: ['Clerk_IN_0', 'Mill_IN_0'], events: ['Stopping', 'OnStop', 'OnStart', 'Run'] },
] as const;

function change(what: string, more: Partial<Change> = {}): Change {
	return {
		...{ what, role: 'Clerk', path: '/shop/ServiceDefinition.csdef', span: undefined, effect: 'restarts' },
		...{ why: 'A definition is part of the package.', source: '', restarts: ['Clerk_IN_0'], course, loses: [] },
		...more,
	};
}

/** As it is read: Markdown without its escapes. */
function read(...changes: readonly Change[]): readonly string[] {
	return impactPage({ changes, notes: [] })
		.replace(/\\([!-/:-@[-`{-~])/g, '$1')
		.split('\n')
		.filter(Boolean);
}

suite("the page of a change's impact", () => {
	test('tells each change under its file, and a course that several share once', () => {
		const configuration = {
			path: '/shop/ServiceConfiguration.Local.cscfg',
			effect: 'inPlace',
			restarts: [],
			course: [],
		} as const;
		assert.deepEqual(
			read(
				change("vmsize 'A' becomes 'B'", { effect: 'losesLocalData', loses: ['All local data of Clerk'] }),
				change("port '1' becomes '2'", { locally: 'It is refused: stop the service.' }),
				change('Greeting', { ...configuration, ifCancelled: ['Stopping', 'OnStop'] }),
			),
			[
				'**3 changes: 1 loses local data of Clerk, 1 restarts Clerk, 1 applies in place.**',
				'## ServiceDefinition.csdef',
				"### 1. Clerk: vmsize 'A' becomes 'B'",
				'**Loses local data of Clerk.** A definition is part of the package.',
				'- Lost: All local data of Clerk.',
				'| Upgrade domain | Instances | What they go through |',
				'| --- | --- | --- |',
				'| 0 | Clerk_IN_0, Mill_IN_0 | Stopping, OnStop, OnStart, Run |',
				"### 2. Clerk: port '1' becomes '2'",
				'**Restarts Clerk.** A definition is part of the package.',
				'- On this machine: It is refused: stop the service.',
				'The same course as of change 1.',
				'## ServiceConfiguration.Local.cscfg',
				'### 3. Clerk: Greeting',
				'**Applies in place.** A definition is part of the package.',
				'- Where a handler cancels: Stopping, OnStop.',
			],
		);
	});

	test('what stands in a file is no Markdown of ours', () => {
		const heading = impactPage({ changes: [change('a | <b>_c_</b>\n# [d](e)')], notes: [] }).split('\n\n')[2];
		assert.equal(heading, '### 1\\. Clerk\\: a \\| \\<b\\>\\_c\\_\\<\\/b\\> \\# \\[d\\]\\(e\\)');
	});
});
