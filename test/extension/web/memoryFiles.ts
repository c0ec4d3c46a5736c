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
			if (!file && ![...files.keys()].some(each => each.startsWith(path))) {
				throw vscode.FileSystemError.FileNotFound(path);
			}
			return {
				type: file ? vscode.FileType.File : vscode.FileType.Directory,
				ctime: 0,
				mtime: 0,
				size: file?.length ?? 0,
			};
		},
		readDirectory: () => [...files.keys()].map(path => [path.replace('/shop/', ''), vscode.FileType.File]),
		readFile: ({ path }) => {
			const file = files.get(path);
			if (!file) {
				throw vscode.FileSystemError.FileNotFound(path);
			}
			return file;
		},
		writeFile: (uri, content) => {
			files.set(uri.path, content);
			changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
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
	'/shop/rolewright.json': '{"severity": {"unknownRole": "warning"}}',
};
