import * as vscode from 'vscode';

/** The files of `memory:`: what a browser sees of a repository, as small as it can be. */
export function activate(context: vscode.ExtensionContext): void {
	const files = new Map<string, Uint8Array>(
		Object.entries(texts).map(([path, text]) => [path, new TextEncoder().encode(text)]),
	);
	const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
	const provider: vscode.FileSystemProvider = {
		onDidChangeFile: changed.event,
		watch: () => new vscode.Disposable(() => {}),
		stat: ({ path }) => {
			const file = files.get(path);
			if (!file && ![...files.keys()].some(each => each.startsWith(`${path}/`))) {
				throw vscode.FileSystemError.FileNotFound(path);
			}
			return {
				type: file ? vscode.FileType.File : vscode.FileType.Directory,
				ctime: 0,
				mtime: 0,
				size: file?.length ?? 0,
				...(path.endsWith('.Locked.cscfg') && { permissions: vscode.FilePermission.Readonly }),
			};
		},
		readDirectory: ({ path }) => {
			const below = [...files.keys()].flatMap(each =>
				each.startsWith(`${path}/`) ? [each.slice(path.length + 1)] : [],
			);
			const folders = new Set(below.flatMap(each => (each.includes('/') ? [each.split('/')[0] ?? ''] : [])));
			return [
				...[...folders].map((name): [string, vscode.FileType] => [name, vscode.FileType.Directory]),
				...below
					.filter(each => !each.includes('/'))
					.map((name): [string, vscode.FileType] => [name, vscode.FileType.File]),
			];
		},
		readFile: ({ path }) => {
			const file = files.get(path);
			if (!file) {
				throw vscode.FileSystemError.FileNotFound(path);
			}
			return file;
		},
		writeFile: (uri, content) => {
			const type = files.has(uri.path) ? vscode.FileChangeType.Changed : vscode.FileChangeType.Created;
			files.set(uri.path, content);
			changed.fire([{ type, uri }]);
		},
		createDirectory: () => {},
		delete: () => {},
		rename: () => {},
	};
	context.subscriptions.push(vscode.workspace.registerFileSystemProvider('memory', provider));
	// What the search service of a server would answer; the tests find their files by opening them.
}

const namespace = 'http://schemas.microsoft.com/ServiceHosting/2008/10';
const texts: Readonly<Record<string, string>> = {
	'/shop/ServiceDefinition.csdef': `<ServiceDefinition name="Shop" xmlns="${namespace}/ServiceDefinition">
  <WorkerRole name="Mill" vmsize="Standard_A1_v2">
    <ConfigurationSettings>
      <Setting name="Speed"/>
    </ConfigurationSettings>
  </WorkerRole>
</ServiceDefinition>
`,
	'/shop/ServiceConfiguration.Cloud.cscfg': `<ServiceConfiguration serviceName="Shop" osFamily="7" xmlns="${namespace}/ServiceConfiguration">
  <Role name="Mil">
    <Instances count="2"/>
    <ConfigurationSettings>
      <Setting name="Speed" value="1"/>
    </ConfigurationSettings>
  </Role>
</ServiceConfiguration>
`,
	'/shop/Mill/Mill.cs': `using Microsoft.WindowsAzure.ServiceRuntime;
class Mill : RoleEntryPoint
{
    string Speed() => RoleEnvironment.GetConfigurationSettingValue("Sped");
}
`,
	'/shop/mill.lifecycle.json': `{
  "name": "Grinds",
  "service": ".",
  "configuration": "Cloud",
  "steps": [{ "wait": "Mil_IN_0", "state": "ReadyRole" }]
}
`,
	'/forge/ServiceDefinition.csdef': `<ServiceDefinition name="Forge" xmlns="${namespace}/ServiceDefinition">
  <WorkerRole name="Anvil" vmsize="Standard_A1_v2">
    <ConfigurationSettings>
      <Setting name="Heat"/>
      <Setting name="ApiKey"/>
    </ConfigurationSettings>
  </WorkerRole>
</ServiceDefinition>
`,
	'/forge/ServiceConfiguration.Cloud.cscfg': forged(
		'<Setting name="Heat" value="9"/><Setting name="ApiKey" value="s3cret-value"/>',
	),
	'/forge/ServiceConfiguration.Locked.cscfg': forged('<Setting name="Heat" value="1"/>'),
	'/shop/rolewright.json': '{"severity": {"unknownRole": "warning"}}',
};

function forged(settings: string): string {
	return `<ServiceConfiguration serviceName="Forge" osFamily="7" xmlns="${namespace}/ServiceConfiguration">
  <Role name="Anvil">
    <Instances count="2"/>
    <ConfigurationSettings>${settings}</ConfigurationSettings>
  </Role>
</ServiceConfiguration>
`;
}
