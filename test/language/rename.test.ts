import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { applyEdits } from '../../src/base/span';
import { type ParsedFile, parseFile, serviceOf } from '../../src/language/documents';
import { type ProjectText, renamable, rename } from '../../src/language/rename';
import { namesOf } from '../../src/model/names';
import { corpus, corpusFiles, corpusSuite } from '../support/corpus';
import { configurationText, definitionText, serviceFrom, type Texts } from '../support/services';

const texts: Texts = {
	definition:
		'<LoadBalancerProbes><LoadBalancerProbe name="Ping" protocol="tcp"/></LoadBalancerProbes>' +
		'<WebRole name="Front"><ConfigurationSettings><Setting name="Color"/></ConfigurationSettings>' +
		'<LocalResources><LocalStorage name=\'Cache\'/></LocalResources><Certificates><Certificate name="Ssl"/></Certificates>' +
		'<Imports><Import moduleName="Diagnostics"/></Imports>' +
		'<Endpoints><InputEndpoint name="Http" protocol="https" port="443" certificate="Ssl" loadBalancerProbe="Ping"/><InternalEndpoint name="Inner" protocol="tcp"/></Endpoints>' +
		'<Sites><Site name="Web"><Bindings><Binding name="B" endpointName="Http"/></Bindings></Site></Sites>' +
		`<Runtime><Environment><Variable name="V"><RoleInstanceValue xpath="/RoleEnvironment/CurrentInstance/ConfigurationSettings/ConfigurationSetting[@name='Color']/@value"/></Variable></Environment></Runtime></WebRole>` +
		'<WorkerRole name="Back"><ConfigurationSettings><Setting name="Color"/></ConfigurationSettings></WorkerRole>' +
		'<NetworkTrafficRules><OnlyAllowTrafficTo><Destinations><RoleEndpoint roleName="Front" endpointName="Inner"/></Destinations><WhenSource matches="AnyRule"><FromRole roleName="Back"/></WhenSource></OnlyAllowTrafficTo></NetworkTrafficRules>',
	Local:
		'<Role name="Front"><ConfigurationSettings><Setting name="Color" value="red"/></ConfigurationSettings><Certificates><Certificate name="Ssl"/></Certificates></Role>' +
		'<Role name="Back"><ConfigurationSettings><Setting name="Color" value="Color"/></ConfigurationSettings></Role>',
	Cloud:
		'<Role name="Front"><ConfigurationSettings><Setting name="Color" value=""/><Setting name="Microsoft.WindowsAzure.Plugins.Diagnostics.ConnectionString" value=""/></ConfigurationSettings></Role>',
};

/** The file and the offset of the first place of this piece of text; the cursor is where its first quote ends. */
function place(name: string, piece: string) {
	const text = name === 'definition' ? definitionText(texts[name] ?? '') : configurationText(texts[name] ?? '');
	const start = text.indexOf(piece);
	assert.ok(start >= 0, `'${piece}' is not in ${name}`);
	return start + piece.search(/["']/) + 1;
}

function renamed(name: string, piece: string, newName: string, projects: readonly ProjectText[] = []) {
	const { service, file } = serviceFrom(texts);
	return rename(file(name), service, place(name, piece), newName, projects);
}

/** The tags that a rename changes, as they are after it. */
function changes(name: string, piece: string, newName: string, expected: readonly string[]): void {
	const { file, nameOf } = serviceFrom(texts);
	const found = renamed(name, piece, newName);
	assert.ok(!('refused' in found), 'refused' in found ? found.refused : '');
	const tags = found.flatMap(({ path, edits }) => {
		const { text } = file(nameOf(path)).document;
		const before = text.split(/(?=<)/);
		return applyEdits(text, edits)
			.split(/(?=<)/)
			.filter((tag, index) => tag !== before[index])
			.map(tag => `${nameOf(path)}: ${tag}`);
	});
	assert.deepEqual(tags, expected);
}

function refuses(name: string, piece: string, newName: string, expected: string): void {
	assert.deepEqual(renamed(name, piece, newName), { refused: expected });
}

const form = `it begins with a letter A to Z or '_', does not end with '.' or a blank, and holds none of`;

suite('rename', () => {
	test('a role in the definition, its traffic rules and every configuration', () => {
		changes('Local', 'name="Back"', 'Mailer', [
			'definition: <WorkerRole name="Mailer">',
			'definition: <FromRole roleName="Mailer"/>',
			'Local: <Role name="Mailer">',
		]);
		changes('definition', 'roleName="Front"', 'Shop Window', [
			'definition: <WebRole name="Shop Window">',
			'definition: <RoleEndpoint roleName="Shop Window" endpointName="Inner"/>',
			'Local: <Role name="Shop Window">',
			'Cloud: <Role name="Shop Window">',
		]);
	});
	test('a setting of one role, in paths too, and no value', () => {
		changes('definition', 'name="Color"', 'Hue', [
			'definition: <Setting name="Hue"/>',
			`definition: <RoleInstanceValue xpath="/RoleEnvironment/CurrentInstance/ConfigurationSettings/ConfigurationSetting[@name='Hue']/@value"/>`,
			'Local: <Setting name="Hue" value="red"/>',
			'Cloud: <Setting name="Hue" value=""/>',
		]);
		changes('Local', 'name="Color" value="Color"', 'Hue', [
			'definition: <Setting name="Hue"/>',
			'Local: <Setting name="Hue" value="Color"/>',
		]);
	});
	test('a certificate, an endpoint, a probe, a local storage, the service', () => {
		changes('definition', 'certificate="Ssl"', 'Tls', [
			'definition: <Certificate name="Tls"/>',
			'definition: <InputEndpoint name="Http" protocol="https" port="443" certificate="Tls" loadBalancerProbe="Ping"/>',
			'Local: <Certificate name="Tls"/>',
		]);
		changes('definition', 'endpointName="Http"', 'Web', [
			'definition: <InputEndpoint name="Web" protocol="https" port="443" certificate="Ssl" loadBalancerProbe="Ping"/>',
			'definition: <Binding name="B" endpointName="Web"/>',
		]);
		changes('definition', 'name="Ping"', 'Alive', [
			'definition: <LoadBalancerProbe name="Alive" protocol="tcp"/>',
			'definition: <InputEndpoint name="Http" protocol="https" port="443" certificate="Ssl" loadBalancerProbe="Alive"/>',
		]);
		changes('definition', "name='Cache'", 'Disk', ["definition: <LocalStorage name='Disk'/>"]);
		assert.equal((renamed('Cloud', 'serviceName="Shop"', 'Store') as readonly unknown[]).length, 3);
	});
	test('writes what XML cannot hold as references', () => {
		changes('definition', "name='Cache'", 'A & B', ["definition: <LocalStorage name='A &amp; B'/>"]);
	});
	test('a role in the projects that name it', () => {
		const text =
			'<?xml version="1.0"?>\r\n<Project><ItemGroup>\r\n<ProjectReference Include="..\\Back\\Back.csproj"><Name>Back</Name><RoleName>Back</RoleName></ProjectReference>' +
			'<ProjectReference Include="..\\B\\B.csproj"><Name> Back </Name></ProjectReference><ProjectReference Include="F"><Name>Back</Name><RoleName>Front</RoleName></ProjectReference></ItemGroup></Project>';
		const found = renamed('definition', 'name="Back"', 'A>B&C', [{ path: '/s/S.ccproj', text }]);
		assert.deepEqual(found, {
			refused: `'A>B&C' cannot name the role 'Back': it has to be a name: ${form} \\ / : * ? " < > | \` ' ^.`,
		});
		const valid = renamed('definition', 'name="Back"', 'Mailer', [{ path: '/s/S.ccproj', text }]);
		assert.ok(!('refused' in valid));
		assert.equal(
			applyEdits(text, valid.at(-1)?.edits ?? []),
			text.replace('<RoleName>Back', '<RoleName>Mailer').replace('<Name> Back ', '<Name> Mailer '),
		);
		assert.equal(valid.at(-1)?.path, '/s/S.ccproj');
	});
	for (const [written, expected] of [
		['<![CDATA[Back]]>', '<![CDATA[Mailer]]>'],
		['Ba&#99;k', 'Mailer'],
		['\r\n\t<!-- the one -->Ba<!-- in two -->ck\r\n', '\r\n\t<!-- the one -->Mailer<!-- in two -->\r\n'],
		['Ba<![CDATA[ck]]>', 'Mailer<![CDATA[]]>'],
		['back', 'back'],
	] as const) {
		test(`a role in a project that writes it as ${JSON.stringify(written)}`, () => {
			const project = (name: string) =>
				`<m:Project xmlns:m="x"><m:ItemGroup>\r\n<m:ProjectReference Include="B"><m:RoleName>${name}</m:RoleName></m:ProjectReference></m:ItemGroup></m:Project>`;
			const found = renamed('definition', 'name="Back"', 'Mailer', [{ path: '/s/S.ccproj', text: project(written) }]);
			const edits =
				'refused' in found ? [] : found.filter(({ path }) => path === '/s/S.ccproj').flatMap(each => each.edits);
			assert.equal(applyEdits(project(written), edits), project(expected));
		});
	}
	test('refuses what no name can be, in one sentence', () => {
		refuses(
			'definition',
			'name="Color"',
			'',
			`'' cannot name the setting 'Color': it has to be a name: ${form} \\ / : * ? " < > | \` ' ^.`,
		);
		refuses(
			'definition',
			'name="Color"',
			'a:b',
			`'a:b' cannot name the setting 'Color': it has to be a name: ${form} \\ / : * ? " < > | \` ' ^.`,
		);
	});
	test('refuses a name that is taken where it counts', () => {
		refuses('definition', 'name="Back"', 'Front', "The name 'Front' is taken by another role; choose another one.");
		refuses(
			'definition',
			'name="Inner"',
			'Http',
			"The name 'Http' is taken by another endpoint of the role 'Front'; choose another one.",
		);
	});
	test('allows the same name', () => {
		changes('definition', 'name="Back"', 'Back', []);
	});
	test('leaves what a module brings, and what is no name', () => {
		refuses(
			'Cloud',
			'name="Microsoft',
			'Mine',
			"The setting 'Microsoft.WindowsAzure.Plugins.Diagnostics.ConnectionString' comes from the module 'Diagnostics', which knows it by this name, so it cannot be renamed.",
		);
		const optional = 'Microsoft.WindowsAzure.Plugins.Caching.ClientDiagnosticLevel';
		const caching = serviceFrom({
			definition: '<WorkerRole name="A"><Imports><Import moduleName="Caching"/></Imports></WorkerRole>',
			Local: `<Role name="A"><Instances count="1"/><ConfigurationSettings><Setting name="${optional}" value="1"/></ConfigurationSettings></Role>`,
		});
		const at = caching.file('Local').document.text.indexOf(optional);
		assert.deepEqual(renamable(caching.file('Local'), caching.service, at), {
			refused: `The setting '${optional}' comes from the module 'Caching', which knows it by this name, so it cannot be renamed.`,
		});
		const { service, file } = serviceFrom(texts);
		assert.ok('refused' in renamable(file('Local'), service, place('Local', 'value="red"')));
		assert.deepEqual(renamable(file('Local'), service, place('Local', 'name="Back"')), {
			name: 'Back',
			span: { start: place('Local', 'name="Back"'), end: place('Local', 'name="Back"') + 4 },
		});
	});
});

corpusSuite('rename: the corpus', () => {
	test('there and back again is the same text', () => {
		let renamedThings = 0;
		const read = (file: string) => {
			const format = file.toLowerCase().endsWith('.csdef') ? 'csdef' : 'cscfg';
			return parseFile(file, format, readFileSync(path.join(corpus ?? '', file), 'utf8'));
		};
		const folders = [...new Set(corpusFiles().map(file => path.dirname(file)))];
		// A sample is enough: neighbours in the corpus are versions of one service.
		for (const folder of folders.filter((_, index) => index % 12 === 0)) {
			const before = corpusFiles()
				.filter(file => path.dirname(file) === folder)
				.map(read);
			const service = serviceOf(before);
			// The last of each kind.
			const declared = namesOf(service).filter(each => each.use === 'declaration');
			for (const use of new Map(declared.map(each => [each.kind, each])).values()) {
				const there = renameEverywhere(before, use.path, use.span.start, 'Renamed Thing');
				if (there) {
					renamedThings++;
					const now = namesOf(serviceOf(there)).find(each => each.name === 'Renamed Thing') ?? assert.fail(use.name);
					const back = renameEverywhere(there, now.path, now.span.start, use.name);
					assert.deepEqual(back?.map(textOf), before.map(textOf));
				}
			}
		}
		assert.ok(renamedThings > 50, `only ${renamedThings} names were renamed`);
	}).timeout(20_000);
});

const textOf = ({ document }: ParsedFile) => document.text;

/** The files after a rename; `undefined` where it was refused. */
function renameEverywhere(files: readonly ParsedFile[], at: string, offset: number, newName: string) {
	const file = files.find(each => each.path === at) ?? assert.fail(at);
	const changes = rename(file, serviceOf(files), offset, newName);
	return 'refused' in changes
		? undefined
		: files.map(each => {
				const edits = changes.find(change => change.path === each.path)?.edits;
				return edits ? parseFile(each.path, each.format, applyEdits(each.document.text, edits)) : each;
			});
}
