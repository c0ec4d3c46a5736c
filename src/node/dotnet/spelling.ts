import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { findOnDisk } from '../serviceFiles';
import type { ProjectSources } from './sources';

/** A file that a project names in other letters than the disk, which Windows never noticed. */
export interface OtherSpelling {
	readonly project: string;
	/** `Compile`, `HintPath`. */
	readonly item: string;
	/** As the project writes it. */
	readonly written: string;
	/** Absolute, as the disk spells it. */
	readonly found: string;
}

export function otherSpellings({ texts }: ProjectSources): readonly OtherSpelling[] {
	return [...texts].flatMap(([project, text]) =>
		[...text.matchAll(named)].flatMap(([, item = '', include, hint]) => {
			const written = (include ?? hint ?? '').trim();
			const wanted = path.resolve(path.dirname(project), written.replaceAll('\\', '/'));
			const found = unusual.test(written) ? undefined : findOnDisk(wanted)?.path;
			return found === undefined || found === wanted ? [] : [{ project, item: item || 'HintPath', written, found }];
		}),
	);
}

const named =
	/<(Compile|EmbeddedResource|Content|None|ProjectReference)\b[^>]*?\sInclude\s*=\s*"([^"]+)"|<HintPath>([^<]*)<\/HintPath>/g;

/** What stands for several files, or means something to MSBuild or to XML, is left as it is. */
const unusual = /^$|[*?$@%;'&]/;

/**
 * Writes a file of targets into the cache that takes the files as the disk spells them, before anything of the build looks
 * at them; its path.
 */
export async function writeSpelling(spellings: readonly OtherSpelling[], folder: string): Promise<string> {
	const file = path.join(folder, 'spelling.targets');
	await mkdir(folder, { recursive: true });
	await writeFile(file, spellingTargets(spellings));
	return file;
}

export function spellingTargets(spellings: readonly OtherSpelling[]): string {
	const groups = spellings.map(each => {
		const project = `'$(MSBuildProjectFullPath)' == '${escaped(each.project)}'`;
		return `    <ItemGroup Condition="${project}">\n${each.item === 'HintPath' ? hinted(each) : respelled(each)}    </ItemGroup>\n`;
	});
	return `<Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003">
  <Target Name="RolewrightSpelling" BeforeTargets="BuildOnlySettings">
${groups.join('')}  </Target>
</Project>
`;
}

/** A transform keeps what else is said of the item. */
function respelled({ item, written, found }: OtherSpelling): string {
	const slashes = escaped(written.replaceAll('\\', '/'));
	return `      <_RolewrightSpelled Remove="@(_RolewrightSpelled)" />
      <_RolewrightSpelled Include="@(${item})" Condition="'%(${item}.Identity)' == '${slashes}'" />
      <${item} Remove="@(_RolewrightSpelled)" />
      <${item} Include="@(_RolewrightSpelled->'${escaped(found)}')" />
`;
}

function hinted({ written, found }: OtherSpelling): string {
	const [back, slashes] = [written, written.replaceAll('\\', '/')].map(escaped);
	const hint = '%(Reference.HintPath)';
	return `      <Reference Condition="'${hint}' == '${back}' Or '${hint}' == '${slashes}'">
        <HintPath>${escaped(found)}</HintPath>
      </Reference>
`;
}

/** What MSBuild reads as more than itself, and then what XML does. */
function escaped(value: string): string {
	return value
		.replace(/[%;$@*?'()]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('"', '&quot;');
}
