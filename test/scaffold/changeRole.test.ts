import assert from 'node:assert/strict';
import { planDuplicateRole } from '../../src/scaffold/duplicateRole';
import { planRemoveRole } from '../../src/scaffold/removeRole';
import { configurationText, definitionText } from '../support/services';
import { Folder } from './folder';

const definition = definitionText(`
  <WebRole name="Front" vmsize="Standard_A1_v2">
    <!-- what people see -->
    <Sites><Site name="Web" physicalDirectory="Front"><Bindings><Binding name="In" endpointName="In" /></Bindings></Site></Sites>
    <Endpoints>
      <InputEndpoint name="In" protocol='http' port='80' />
      <InputEndpoint name="Tcp" protocol="tcp" port="8080" />
      <InstanceInputEndpoint name="Each" localPort="90" protocol="tcp">
        <AllocatePublicPortFrom><FixedPortRange min="10000" max="10149" /></AllocatePublicPortFrom>
      </InstanceInputEndpoint>
    </Endpoints>
    <Imports>
      <Import moduleName="RemoteAccess" />
      <Import moduleName="RemoteForwarder" />
    </Imports>
  </WebRole>
  <WorkerRole name="Work" vmsize="Standard_A1_v2"><Endpoints><InternalEndpoint name="Peer" protocol="tcp" /></Endpoints></WorkerRole>
  <NetworkTrafficRules>
    <OnlyAllowTrafficTo>
      <Destinations><RoleEndpoint endpointName="Peer" roleName="Work" /></Destinations>
      <WhenSource matches="AnyRule">
        <FromRole roleName="Front" />
      </WhenSource>
    </OnlyAllowTrafficTo>
  </NetworkTrafficRules>
`);
const plugins = 'Microsoft.WindowsAzure.Plugins';
const configuration = configurationText(`
  <Role name="Front">
    <Instances count="2" />
    <ConfigurationSettings>
      <Setting name="${plugins}.RemoteAccess.Enabled" value="true" />
      <Setting name="${plugins}.RemoteAccess.AccountUsername" value="a" />
      <Setting name="${plugins}.RemoteAccess.AccountEncryptedPassword" value="b" />
      <Setting name="${plugins}.RemoteAccess.AccountExpiration" value="2099-01-01" />
      <Setting name="${plugins}.RemoteForwarder.Enabled" value="true" />
    </ConfigurationSettings>
    <Certificates>
      <Certificate name="${plugins}.RemoteAccess.PasswordEncryption" thumbprint="${'A'.repeat(40)}" thumbprintAlgorithm="sha1" />
    </Certificates>
  </Role>
  <Role name="Work"><Instances count="2" /></Role>
  <NetworkConfiguration>
    <VirtualNetworkSite name="Net" />
    <AddressAssignments>
      <InstanceAddress roleName="Front"><Subnets><Subnet name="F" /></Subnets></InstanceAddress>
      <InstanceAddress roleName="Work"><Subnets><Subnet name="B" /></Subnets></InstanceAddress>
    </AddressAssignments>
  </NetworkConfiguration>
`);
const project = `<?xml version="1.0" encoding="utf-8"?>
<Project ToolsVersion="12.0" xmlns="http://schemas.microsoft.com/developer/msbuild/2003">
  <ItemGroup>
    <ProjectReference Include="..\\Front\\Front.csproj">
      <Name>Front</Name>
      <Project>{f5a7bd6f-3f43-4a7b-b9d2-6e2f0e1a0c11}</Project>
      <RoleType>Web</RoleType>
      <RoleName>Front</RoleName>
    </ProjectReference>
    <ProjectReference Include="..\\Work\\Work.csproj">
      <Name>Work</Name>
    </ProjectReference>
  </ItemGroup>
  <ItemGroup>
    <ServiceDefinition Include="ServiceDefinition.csdef" />
    <ServiceConfiguration Include="ServiceConfiguration.Local.cscfg" />
  </ItemGroup>
</Project>
`;
const settings = `{
  "roles": {
    // the pages
    "Front": { "environment": { "A": "b" } },
    "Work": { "code": "Work" } // the rest
  }
}
`;

function shop(): Folder {
	return new Folder().with({
		'ServiceDefinition.csdef': definition,
		'ServiceConfiguration.Local.cscfg': configuration,
		'Shop.ccproj': project,
		'rolewright.json': settings,
		'Front/Front.csproj': '',
		'Work/worker.js': '',
	});
}

function remove(folder: Folder, name: string): Folder {
	return folder.apply(planRemoveRole(folder.service(), name, folder.surroundings()));
}

function duplicate(folder: Folder, name: string, newName: string): Folder {
	return folder.apply(planDuplicateRole(folder.service(), name, newName, folder.surroundings()));
}

suite('remove a role', () => {
	test('takes it from every file, and leaves its code and all the rest', () => {
		const folder = remove(shop(), 'Front');
		const cut = (text: string, ...parts: readonly RegExp[]) =>
			parts.reduce((rest, part) => rest.replace(part, ''), text);
		assert.equal(
			folder.named('ServiceDefinition.csdef'),
			cut(definition, / {2}<WebRole[\s\S]*<\/WebRole>\n/, / +<FromRole roleName="Front" \/>\n/),
		);
		assert.equal(
			folder.named('ServiceConfiguration.Local.cscfg'),
			cut(configuration, / {2}<Role name="Front">[\s\S]*?<\/Role>\n/, / +<InstanceAddress roleName="Front">.*\n/),
		);
		assert.equal(
			folder.named('Shop.ccproj'),
			cut(project, / {4}<ProjectReference Include="..\\Front[\s\S]*?<\/ProjectReference>\n/),
		);
		assert.equal(folder.named('rolewright.json'), cut(settings, / {4}"Front".*\n/));
		assert.deepEqual(folder.problems(['error']), []);
		assert.ok(folder.named('Front/Front.csproj') === '');
		assert.deepEqual(folder.notes, [
			"The code of the role stays in '/w/Shop/Front'; delete that folder yourself where nothing else needs it.",
		]);
	});

	test('what cannot be empty goes with it, and the last entry of a list without a comma too', () => {
		const folder = remove(shop(), 'Work');
		assert.doesNotMatch(folder.named('ServiceDefinition.csdef'), /NetworkTrafficRules|Work/);
		assert.equal(
			folder.named('rolewright.json'),
			'{\n  "roles": {\n    // the pages\n    "Front": { "environment": { "A": "b" } }\n     // the rest\n  }\n}\n',
		);
		assert.deepEqual(folder.problems(['error']), []);
		remove(folder, 'Front');
		assert.doesNotMatch(folder.named('Shop.ccproj'), /ProjectReference/);
		assert.match(folder.named('Shop.ccproj'), /003">\n {2}<ItemGroup>\n {4}<ServiceDefinition/);
	});

	test('one that is not there is refused', () => {
		assert.throws(() => remove(shop(), 'Nobody'), /There is no role 'Nobody'; the roles are Front, Work/);
	});
});

suite('duplicate a role', () => {
	test('gives each range of public ports another one that is free, wherever the first ones lie', () => {
		const each = (name: string, local: number, min: number) =>
			`<InstanceInputEndpoint name="${name}" localPort="${local}" protocol="tcp"><AllocatePublicPortFrom><FixedPortRange max="${min + 99}" min="${min}"/></AllocatePublicPortFrom></InstanceInputEndpoint>`;
		const role = `<WorkerRole name="Bot" vmsize="Standard_A1_v2"><Endpoints>${each('Call', 10100, 10100)}${each('Media', 8445, 20100)}</Endpoints></WorkerRole>`;
		const folder = new Folder().with({ 'ServiceDefinition.csdef': definitionText(role) });
		duplicate(folder, 'Bot', 'Second');
		const after = folder.named('ServiceDefinition.csdef');
		assert.deepEqual(
			[...after.matchAll(/max="(\d+)" min="(\d+)"/g)].map(([, max, min]) => `${min}-${max}`),
			['10100-10199', '20100-20199', '10000-10099', '10200-10299'],
		);
		assert.deepEqual(folder.problems(['error']), []);
	});
	test('makes a second one in every file, comments included, with ports of its own and the same code', () => {
		const folder = duplicate(shop(), 'Front', 'Copy Co');
		const name = 'Copy Co';
		const second = definition.match(/ {2}<WebRole[\s\S]*<\/WebRole>\n/)?.[0] ?? '';
		const expected = second
			.replace('"Front" vmsize', `"${name}" vmsize`)
			.replace("port='80'", "port='8081'")
			.replace('port="8080"', 'port="8082"')
			.replace('min="10000" max="10149"', 'min="10200" max="10349"')
			.replace('      <Import moduleName="RemoteForwarder" />\n', '');
		const after = folder.named('ServiceDefinition.csdef');
		assert.ok(after.includes(second + expected), after);
		assert.match(after, /<FromRole roleName="Front" \/>\n {8}<FromRole roleName="Copy Co" \/>\n/);
		const configured = folder.named('ServiceConfiguration.Local.cscfg');
		assert.match(configured, /<InstanceAddress roleName="Copy Co"><Subnets><Subnet name="F" \/>/);
		assert.equal(configured.match(/RemoteForwarder/g)?.length, 1);
		assert.equal(configured.match(/AccountEncryptedPassword/g)?.length, 2);
		assert.match(
			folder.named('Shop.ccproj'),
			/<RoleName>Front<\/RoleName>\n {4}<\/ProjectReference>\n {4}<ProjectReference Include="..\\Front\\Front.csproj">\n {6}<Name>Front<\/Name>\n {6}<Project>\{f5a[\s\S]*?<RoleName>Copy Co<\/RoleName>\n {4}<\/ProjectReference>\n/,
		);
		assert.match(
			folder.named('rolewright.json'),
			/"Copy Co": \{\n {6}"environment": \{\n {8}"A": "b"\n {6}\}\n {4}\}\n/,
		);
		assert.deepEqual(folder.problems(['error']), []);
		assert.deepEqual(
			remove(folder, name)
				.service()
				.definition?.roles.map(role => role.name?.text),
			['Front', 'Work'],
		);
	});

	test('without a project rolewright.json says where the code is', () => {
		const folder = shop();
		folder.files.delete('/w/Shop/Shop.ccproj');
		folder.files.delete('/w/Shop/rolewright.json');
		duplicate(folder, 'Front', 'Second');
		assert.equal(
			folder.named('rolewright.json'),
			'{\n  "roles": {\n    "Second": {\n      "project": "Front/Front.csproj"\n    }\n  }\n}\n',
		);
		duplicate(folder, 'Work', 'Third');
		assert.match(folder.named('rolewright.json'), /"Third": \{\n {6}"code": "Work"\n {4}\}\n {2}\}\n\}\n$/);
	});

	test('what belongs to one instance of a name alone is written in one line as well', () => {
		const folder = new Folder().with({
			'ServiceDefinition.csdef': definitionText('<WorkerRole name="A"/><WorkerRole name="B"/>'),
			'ServiceConfiguration.Local.cscfg': configurationText('<Role name="A"><Instances count="1"/></Role>'),
		});
		duplicate(folder, 'A', 'C');
		assert.equal(
			folder.named('ServiceDefinition.csdef'),
			definitionText('<WorkerRole name="A"/><WorkerRole name="C"/><WorkerRole name="B"/>'),
		);
	});

	for (const [newName, sentence] of [
		['Work', /There is already a role 'Work'/],
		['a/b', /Use only letters/],
	] as const) {
		test(`refuses ${newName}`, () => {
			assert.throws(() => duplicate(shop(), 'Front', newName), { name: 'Failure', message: sentence });
		});
	}
});
