import assert from 'node:assert/strict';
import { readCloudProject } from '../../src/model/cloudProject';
import { pairServices } from '../../src/model/pairing';

/** The services as `definition <- configuration, configuration`. */
function pairs(paths: readonly string[], projects: Readonly<Record<string, string>> = {}): string[] {
	const read = Object.entries(projects).map(([path, text]) => readCloudProject(path, text));
	return pairServices(paths, read).map(({ definition, configurations, project }) => {
		const of = `${definition ?? 'none'} <- ${configurations.join(', ') || 'none'}`;
		return project ? `${of} (${project.path})` : of;
	});
}

const project = (...items: string[]) =>
	`\uFEFF<?xml version="1.0" encoding="utf-8"?><Project ToolsVersion="15.0" xmlns="http://schemas.microsoft.com/developer/msbuild/2003"><PropertyGroup><Name>S</Name></PropertyGroup>${items.map(item => `<ItemGroup>${item}</ItemGroup>`).join('')}</Project>`;

suite('pairing', () => {
	test('the configurations of a folder belong to its definition', () => {
		assert.deepEqual(
			pairs([
				'/a/ServiceDefinition.csdef',
				'/a/ServiceConfiguration.Local.cscfg',
				'/a/ServiceConfiguration.Cloud - East.cscfg',
			]),
			['/a/ServiceDefinition.csdef <- /a/ServiceConfiguration.Local.cscfg, /a/ServiceConfiguration.Cloud - East.cscfg'],
		);
	});
	test('the nearest folder above, when there is none beside it', () => {
		assert.deepEqual(pairs(['/a/S.csdef', '/a/b/T.csdef', '/a/b/c/d/X.cscfg', '/a/e/Y.cscfg', '/f/Z.cscfg']), [
			'/a/S.csdef <- /a/e/Y.cscfg',
			'/a/b/T.csdef <- /a/b/c/d/X.cscfg',
			'none <- /f/Z.cscfg',
		]);
	});
	test('either side alone', () => {
		assert.deepEqual(pairs(['/a/S.csdef']), ['/a/S.csdef <- none']);
		assert.deepEqual(pairs(['/a/S.cscfg', '/a/T.cscfg', '/b/S.cscfg']), [
			'none <- /a/S.cscfg, /a/T.cscfg',
			'none <- /b/S.cscfg',
		]);
		assert.deepEqual(pairs([]), []);
	});
	test('what a build generated takes no configuration from its source', () => {
		assert.deepEqual(
			pairs([
				'/a/ServiceDefinition.build.csdef',
				'/a/ServiceDefinition.csdef',
				'/a/ServiceConfiguration.cscfg',
				'/a/ServiceConfiguration.Build.cscfg',
			]),
			[
				'/a/ServiceDefinition.build.csdef <- none',
				'/a/ServiceDefinition.csdef <- /a/ServiceConfiguration.cscfg, /a/ServiceConfiguration.Build.cscfg',
			],
		);
	});
	test('a variant takes the configurations of its variant', () => {
		assert.deepEqual(
			pairs([
				'/a/ServiceDefinition.ILB.csdef',
				'/a/ServiceDefinition.csdef',
				'/a/ServiceConfiguration.Publish.Ilb.cscfg',
				'/a/ServiceConfiguration.Publish.cscfg',
			]),
			[
				'/a/ServiceDefinition.ILB.csdef <- /a/ServiceConfiguration.Publish.Ilb.cscfg',
				'/a/ServiceDefinition.csdef <- /a/ServiceConfiguration.Publish.cscfg',
			],
		);
	});
	test('several services in a folder, by the first word of their names', () => {
		assert.deepEqual(
			pairs(['/a/Shop.csdef', '/a/Back.csdef', '/a/Back.Local.cscfg', '/a/Shop.cscfg', '/a/Other.cscfg']),
			['/a/Shop.csdef <- /a/Shop.cscfg', '/a/Back.csdef <- /a/Back.Local.cscfg, /a/Other.cscfg'],
		);
	});
	test('a project names both, wherever they are', () => {
		const text = project(
			'<ServiceDefinition Include="..\\model\\ServiceDefinition.csdef" />',
			'<ServiceConfiguration Include="ServiceConfiguration.Local.cscfg" /><ServiceConfiguration Include="$(Where)\\X.cscfg" />',
		);
		assert.deepEqual(
			pairs(['/s/model/servicedefinition.csdef', '/s/azure/Other.csdef', '/s/azure/ServiceConfiguration.Local.cscfg'], {
				'/s/azure/S.ccproj': text,
			}),
			[
				'/s/model/servicedefinition.csdef <- /s/azure/ServiceConfiguration.Local.cscfg (/s/azure/S.ccproj)',
				'/s/azure/Other.csdef <- none',
			],
		);
	});
	test('paths of Windows', () => {
		assert.deepEqual(
			pairs(['C:\\s\\S.csdef', 'C:\\s\\b\\S.cscfg'], {
				'C:\\s\\S.ccproj': project('<ServiceDefinition Include="S.csdef" />'),
			}),
			['C:\\s\\S.csdef <- C:\\s\\b\\S.cscfg (C:\\s\\S.ccproj)'],
		);
	});
});

suite('cloud project', () => {
	test('names the projects of the roles', () => {
		const text = project(
			'<ProjectReference Include="..\\Web\\Web.csproj"><Name>Web</Name><RoleType>Web</RoleType><RoleName>Front</RoleName></ProjectReference><ProjectReference Include="..\\W\\W.csproj"><Name>007</Name></ProjectReference>',
			'<Folder Include="FrontContent\\" />',
		);
		assert.deepEqual(readCloudProject('/s/azure/S.ccproj', text).roles, [
			{ name: 'Front', project: '/s/Web/Web.csproj' },
			{ name: '007', project: '/s/W/W.csproj' },
		]);
	});
	test('with a byte order mark, a prefix, comments, CDATA and references, and as far as it was written', () => {
		const text =
			'\uFEFF<m:Project xmlns:m="x"><m:ItemGroup><m:ServiceDefinition Include="R&amp;D.csdef"/><m:ProjectReference Include="a\\A.csproj"><m:RoleName>R&amp;<!-- and -->&#68;<![CDATA[&amp;]]></m:RoleName></m:ProjectReference><m:ServiceConf';
		const { definitions, roles } = readCloudProject('/s/S.ccproj', text);
		assert.deepEqual([definitions, roles], [['/s/R&D.csdef'], [{ name: 'R&D&amp;', project: '/s/a/A.csproj' }]]);
	});
	test('what cannot be read names nothing', () => {
		const nothing = { path: '/S.ccproj', definitions: [], configurations: [], roles: [] };
		for (const text of ['', 'x', '<Project', '<Project><ItemGroup>', '<Other/>', '<Project><ItemGroup/></Project>']) {
			assert.deepEqual(readCloudProject('/S.ccproj', text), nothing);
		}
	});
});
