import type { DotnetRuntime } from '../../lifecycle/roleHost';
import { monoPackage } from './mono';
import { isInWholeMono } from './monoPackages';
import type { UsedPart } from './preflight';

export interface Here {
	readonly wish: DotnetRuntime['name'] | undefined;
	readonly platform: NodeJS.Platform;
	/** Whether Mono is installed. */
	readonly mono: boolean;
	/** The Debian package with which Mono would have all that the role needs. */
	readonly install: string;
	/** What the role needs and no Mono has. */
	readonly never: string | undefined;
}

/** A piece of Mono that is not there, and the name by which the role's code needs it. */
export interface Missing {
	readonly asker: string;
	readonly name: string;
	readonly piece: string;
}

/** What a role will miss on .NET and what to do; nothing for what .NET on Windows has. */
export function lackOfNet(part: UsedPart, here: Here): readonly string[] {
	const { cure, package: id, names } = part;
	const uses = usesOf(part);
	switch (cure) {
		case 'package':
			return [
				`${uses}, which .NET does not bring: add the NuGet package ${id ?? names[0]} to the project, or that code fails.`,
			];
		case 'mono':
			return [
				here.never === undefined || here.platform === 'win32'
					? `${uses}, which .NET does not have, so that code fails here: ${wayToMono(here)}`
					: `${uses}, which .NET does not have, so that code fails here, and on Mono the role misses ${here.never}: run the role on Windows, or do without it.`,
			];
		case 'windows':
			return here.platform === 'win32'
				? []
				: [
						`${uses}, which only Windows has, so that code fails here: run the role on Windows, or do without it where it is not there.`,
					];
	}
}

function wayToMono({ wish, platform, mono, install }: Here): string {
	if (platform === 'win32') {
		return "leave 'runtime' out for the role in rolewright.json, and it runs on .NET Framework.";
	}
	if (wish === 'dotnet' && mono) {
		return "leave 'runtime' out for the role in rolewright.json, and it runs on Mono.";
	}
	return `install ${monoPackage(install, platform)}, and the role runs on Mono.`;
}

/** An assembly that this Mono does not bring. */
export function lackOfMono({ asker, name, piece }: Missing, part: UsedPart | undefined, here: Here): string {
	return isInWholeMono(piece)
		? `${part ? usesOf(part) : `${asker} uses ${name}`}, which this Mono does not bring: install ${monoPackage(here.install)}, or that code fails.`
		: `${asker} uses ${name}, which is neither in the role's folder nor in this Mono: add it to the role's project, or set 'runtime' to 'dotnet' in rolewright.json.`;
}

export function chosenMono(reason: UsedPart): string {
	return `${usesOf(reason)}, which .NET does not have, so the role runs on Mono; 'runtime' in rolewright.json can say otherwise.`;
}

export function unreadNet(file: string): string {
	return `${file} has settings of System.Net (system.net), which .NET does not read, so they count for nothing here: say them in code, as ServicePointManager does, where they matter.`;
}

/** Honest as long as nobody has told us otherwise. */
export function untriedFramework(role: string): string {
	return `${role} runs on .NET Framework, in a host that was tried on Mono and not yet on Windows: if it does not start, set 'runtime' to 'dotnet' for the role in rolewright.json.`;
}

export function misplacedWish(role: string, wish: DotnetRuntime['name'], why: string): string {
	const name = wish === 'mono' ? 'Mono' : '.NET Framework';
	return why === 'not on Windows'
		? `${role} was to run on ${name}, which is a part of Windows, so it runs on what there is here.`
		: `${role} was to run on ${name}, but it is ${why}, and runs there.`;
}

function usesOf({ asker, what, names, inLibrary }: UsedPart): string {
	const shown = names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
	return `${inLibrary ? 'A part of ' : ''}${asker} uses ${what === undefined ? shown : `${what} (${shown})`}`;
}
