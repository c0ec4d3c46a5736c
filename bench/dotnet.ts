import { appendFile, cp, rm } from 'node:fs/promises';
import path from 'node:path';
import { findDotnet } from '../src/node/dotnetProgram';
import { childEnvironment, outputOf } from '../src/node/processes';
import { build, copyFixture, files, type Life, openWorkshop, says, type Workshop } from '../test/processes/dotnetRole';
import type { Measured } from './measure';

/** A C# role: from the order to recycle, and from a saved edit, to OnStart; beside them the bare runtime and a bare build. */
export async function measureDotnet(): Promise<readonly Measured[]> {
	const dotnet = findDotnet();
	if (dotnet === undefined) {
		console.log('The .NET SDK is not installed, so C# roles are not measured.');
		return [];
	}
	const workshop = await openWorkshop();
	try {
		const project = await copyFixture(workshop.folder, 'Net472Role');
		return [
			{ what: 'recycle a C# role: from the order to OnStart', milliseconds: await recycle(workshop), bound: 400 },
			{
				what: 'beside it: dotnet starts and ends a program that does nothing',
				milliseconds: await medianOf(5, () => timed(() => outputOf(dotnet, [files.host]))),
			},
			{
				what: 'edit a C# role: from the saved file to OnStart, build included',
				milliseconds: await edit(workshop, project),
				bound: 1500,
			},
			{
				what: 'beside it: a bare dotnet build of the same edit',
				milliseconds: await bareBuild(dotnet, project),
			},
		];
	} finally {
		await workshop.close();
	}
}

const onStart = says('OnStart begins');

async function recycle(workshop: Workshop): Promise<number> {
	let life = await workshop.start('Net472Role', '');
	return medianOf(9, async () => {
		await life.until(says('Run begins'));
		const time = await timed(async () => {
			await end(life);
			life = await workshop.start('Net472Role', '');
			await life.until(onStart);
		});
		await life.until(says('Run begins'));
		return time;
	}).finally(() => end(life));
}

function edit(workshop: Workshop, project: string): Promise<number> {
	const approot = path.join(workshop.folder, 'approot');
	return medianOf(7, async () => {
		await change(project);
		let life: Life | undefined;
		const time = await timed(async () => {
			const built = await build(workshop.folder, project);
			if (built.outcome !== 'built') {
				throw new Error(`The sample was not built: ${JSON.stringify(built)}`);
			}
			await rm(approot, { recursive: true, force: true });
			await cp(path.dirname(built.assembly), approot, { recursive: true });
			const usual = await workshop.lifeOf('Net472Role', '');
			life = await workshop.start('Net472Role', '', { folders: { ...usual.folders, approot } });
			await life.until(onStart);
		});
		await (life && end(life));
		return time;
	});
}

/** As somebody types it in a terminal, after a first one that restores. */
async function bareBuild(dotnet: string, project: string): Promise<number> {
	const args = [
		'build',
		project,
		`-p:CustomAfterMicrosoftCommonTargets=${files.targets}`,
		`-p:RolewrightFacades=${files.facades}/`,
	];
	return medianOf(3, async () => {
		await change(project);
		return timed(() => outputOf(dotnet, args, { env: childEnvironment() }));
	});
}

function change(project: string): Promise<void> {
	return appendFile(path.join(path.dirname(project), 'WorkerRole.cs'), '// edited\n');
}

async function end(life: Life): Promise<void> {
	life.send({ type: 'stop', raiseStopping: true });
	await life.ended();
}

async function timed(work: () => Promise<unknown>): Promise<number> {
	const start = performance.now();
	await work();
	return performance.now() - start;
}

/** After one run that is not counted. */
async function medianOf(runs: number, work: () => Promise<number>): Promise<number> {
	await work();
	const times: number[] = [];
	for (let run = 0; run < runs; run++) {
		times.push(await work());
	}
	return times.sort((a, b) => a - b)[runs >> 1] ?? 0;
}
