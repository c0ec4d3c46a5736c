import assert from 'node:assert/strict';
import { applyEdits } from '../../src/base/span';
import { diagnose } from '../../src/language/diagnostics';
import { fixesFor } from '../../src/language/quickFix';
import { serviceFrom, type Texts } from '../support/services';

/** The titles of the fixes for the first problem with this code. */
function offers(texts: Texts, name: string, code: string, expected: readonly string[]): void {
	assert.deepEqual(
		fixes(texts, name, code).map(({ title, preferred }) => (preferred ? `* ${title}` : title)),
		expected,
	);
}

/** Applies a fix and compares the files that it changes; the problem has to be gone. */
function mends(texts: Texts, name: string, code: string, title: string, expected: Texts): void {
	const fix = fixes(texts, name, code).find(each => each.title === title) ?? assert.fail(`no fix '${title}'`);
	const { nameOf, file } = serviceFrom(texts);
	const changed = Object.fromEntries(
		fix.edits.map(({ path, edits }) => [nameOf(path), applyEdits(file(nameOf(path)).document.text, edits)]),
	);
	const inner = (text: string) => text.replace(/^<Service[^>]*xmlns[^>]*>/, '').replace(/<\/Service\w+>$/, '');
	assert.deepEqual(Object.fromEntries(Object.entries(changed).map(([key, text]) => [key, inner(text)])), expected);
	assert.ok(
		!diagnosed({ ...texts, ...changed }, name).some(
			problem => problem.code === code && problem.message === fix.problem.message,
		),
		'the problem is still there',
	);
}

function fixes(texts: Texts, name: string, code: string) {
	const { service, file } = serviceFrom(texts);
	const problem = diagnosed(texts, name).find(each => each.code === code) ?? assert.fail(`no problem ${code}`);
	return fixesFor(file(name), service, problem);
}

function diagnosed(texts: Texts, name: string) {
	const { service, file } = serviceFrom(texts);
	return diagnose(file(name), service);
}

const definition = `
  <WorkerRole name="Back">
    <ConfigurationSettings>
      <Setting name="Color" />
    </ConfigurationSettings>
    <Certificates>
      <Certificate name="Ssl" storeLocation="LocalMachine" storeName="My" />
    </Certificates>
  </WorkerRole>
`;
const bare = `
  <Role name="Back">
    <Instances count="1" />
  </Role>
`;
const zeros = '0'.repeat(40);

suite('quick fixes of the rules', () => {
	test('adds a missing role with all that it declares, here', () => {
		mends({ definition, Local: '\n' }, 'Local', 'missingRole', "Add role 'Back' to this configuration", {
			Local: `
  <Role name="Back">
    <Instances count="1" />
    <ConfigurationSettings>
      <Setting name="Color" value="" />
    </ConfigurationSettings>
    <Certificates>
      <Certificate name="Ssl" thumbprint="${zeros}" thumbprintAlgorithm="sha1" />
    </Certificates>
  </Role>
`,
		});
	});
	test('adds a missing role before the network, in all configurations that lack it', () => {
		const texts = {
			definition: '<WorkerRole name="A"/><WorkerRole name="B"/>',
			Local: '\r\n\t<Role name="A"><Instances count="1"/></Role><!-- first -->\r\n\t<NetworkConfiguration/>\r\n',
			Cloud: '\r\n\t<NetworkConfiguration/>\r\n',
			Test: '<Role name="B"><Instances count="1"/></Role><Role name="A"><Instances count="1"/></Role>',
		};
		mends(texts, 'Local', 'missingRole', "Add role 'B' to all 2 configurations without it", {
			Local:
				'\r\n\t<Role name="A"><Instances count="1"/></Role><!-- first -->\r\n\t<Role name="B">\r\n\t\t<Instances count="1"/>\r\n\t</Role>\r\n\t<NetworkConfiguration/>\r\n',
			Cloud: '\r\n\t<Role name="B">\r\n\t\t<Instances count="1"/>\r\n\t</Role>\r\n\t<NetworkConfiguration/>\r\n',
		});
	});
	test('adds a missing setting and a missing certificate', () => {
		const texts = { definition, Local: bare, Cloud: bare };
		offers(texts, 'Local', 'missingSetting', [
			"* Add setting 'Color' to this configuration",
			"Add setting 'Color' to all 2 configurations without it",
		]);
		const setting = bare.replace(
			'  </Role>',
			'    <ConfigurationSettings>\n      <Setting name="Color" value="" />\n    </ConfigurationSettings>\n  </Role>',
		);
		mends(texts, 'Local', 'missingSetting', "Add setting 'Color' to all 2 configurations without it", {
			Local: setting,
			Cloud: setting,
		});
		mends(texts, 'Local', 'missingCertificate', "Add certificate 'Ssl' to this configuration", {
			Local: bare.replace(
				'  </Role>',
				`    <Certificates>\n      <Certificate name="Ssl" thumbprint="${zeros}" thumbprintAlgorithm="sha1" />\n    </Certificates>\n  </Role>`,
			),
		});
	});
	test('opens a list that is written as an empty element', () => {
		mends(
			{
				definition:
					'<WorkerRole name="A"><ConfigurationSettings><Setting name="S"/></ConfigurationSettings></WorkerRole>',
				Local: "\n\t<Role name='A'>\n\t\t<Instances count='1'/>\n\t\t<ConfigurationSettings/>\n\t</Role>\n",
			},
			'Local',
			'missingSetting',
			"Add setting 'S' to this configuration",
			{
				Local:
					'\n\t<Role name=\'A\'>\n\t\t<Instances count=\'1\'/>\n\t\t<ConfigurationSettings>\n\t\t\t<Setting name="S" value=""/>\n\t\t</ConfigurationSettings>\n\t</Role>\n',
			},
		);
	});
	test('what is declared for one configuration is given in the others too', () => {
		const role = (settings: string) => `<Role name="A"><Instances count="1"/>${settings}</Role>`;
		const texts = {
			definition: '<WorkerRole name="A"/>',
			Local: role('<ConfigurationSettings><Setting name="Color" value="red"/></ConfigurationSettings>'),
			Cloud: role(''),
		};
		const title = "Declare the setting 'Color' in the service definition and in every configuration";
		mends(texts, 'Local', 'unknownSetting', title, {
			definition:
				'<WorkerRole name="A">\n  <ConfigurationSettings>\n    <Setting name="Color"/>\n  </ConfigurationSettings>\n</WorkerRole>',
			Cloud: role('<ConfigurationSettings>\n  <Setting name="Color" value=""/>\n</ConfigurationSettings>'),
		});
	});
	test('a role that the definition lacks is declared with all that its configuration gives', () => {
		const texts = {
			definition: '\n<WebRole name="Front"><Sites/></WebRole>\n',
			Local: `<Role name="Front"><Instances count="1"/></Role><Role name="Mill"><Instances count="1"/><ConfigurationSettings><Setting name="Speed" value="1"/><Setting name="Microsoft.WindowsAzure.Plugins.RemoteForwarder.Enabled" value="true"/></ConfigurationSettings><Certificates><Certificate name="Ssl" thumbprint="${zeros}" thumbprintAlgorithm="sha1"/></Certificates></Role><NetworkConfiguration><AddressAssignments><InstanceAddress roleName="Mill"/></AddressAssignments></NetworkConfiguration>`,
		};
		offers(texts, 'Local', 'unknownRole', [
			"Declare the worker role 'Mill' in the service definition",
			"Remove the role 'Mill' here",
		]);
		mends(texts, 'Local', 'unknownRole', "Declare the worker role 'Mill' in the service definition", {
			definition: `\n<WebRole name="Front"><Sites/></WebRole>\n<WorkerRole name="Mill" vmsize="Standard_A1_v2">\n  <Imports>\n    <Import moduleName="RemoteForwarder"/>\n  </Imports>\n  <ConfigurationSettings>\n    <Setting name="Speed"/>\n  </ConfigurationSettings>\n  <Certificates>\n    <Certificate name="Ssl" storeLocation="LocalMachine" storeName="My"/>\n  </Certificates>\n</WorkerRole>\n`,
		});
	});
	test('a role that is only spoken of is not declared, nor one whose name none can have', () => {
		const spoken = {
			definition: '<WorkerRole name="Mill"/>',
			Local:
				'<Role name="Mill"><Instances count="1"/></Role><NetworkConfiguration><AddressAssignments><InstanceAddress roleName="Mil"/></AddressAssignments></NetworkConfiguration>',
		};
		offers(spoken, 'Local', 'unknownRole', ["* Change to 'Mill'", "Remove the role 'Mil' here"]);
		const wrong = { definition: '<WorkerRole name="Mill"/>', Local: '<Role name="-1"><Instances count="1"/></Role>' };
		offers(wrong, 'Local', 'unknownRole', ["* Change to 'Mill'", "Remove the role '-1' here"]);
	});
	test('no name is proposed that an entry beside it has already', () => {
		const texts = {
			definition:
				'<WorkerRole name="A"><ConfigurationSettings><Setting name="Color"/></ConfigurationSettings></WorkerRole>',
			Local:
				'<Role name="A"><Instances count="1"/><ConfigurationSettings><Setting name="Color" value=""/><Setting name="Colour" value=""/></ConfigurationSettings></Role>',
		};
		offers(texts, 'Local', 'unknownSetting', [
			"Declare the setting 'Colour' in the service definition",
			"Remove the setting 'Colour' here",
		]);
	});
	test('a tag that is still being typed is given no attribute', () => {
		const texts = { definition: '<WorkerRole name="A"/>', Local: '<ServiceConfiguration serviceName="Sho' };
		offers(texts, 'Local', 'missingOsFamily', []);
		offers(texts, 'Local', 'missingNamespace', []);
		offers({ ...texts, Local: `${texts.Local}p"/>` }, 'Local', 'missingOsFamily', ['* Set osFamily="7"']);
	});
	test('what is added behind a tag that was not typed to its end ends it', () => {
		const texts = {
			definition: '<WorkerRole name="A"/>',
			Local:
				'<ServiceConfiguration xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration" serviceName="Shop',
		};
		const { file } = serviceFrom(texts);
		const [fix] = fixes(texts, 'Local', 'missingRole');
		const text = applyEdits(file('Local').document.text, fix?.edits[0]?.edits ?? []);
		assert.equal(
			text,
			`${texts.Local}">\n  <Role name="A">\n    <Instances count="1" />\n  </Role>\n</ServiceConfiguration>`,
		);
		assert.deepEqual(serviceFrom({ ...texts, Local: text }).file('Local').document.problems, []);
	});
	test('an unknown setting: rename, declare, remove', () => {
		const setting = '<Setting name="Colour" value="red" />';
		const texts = {
			definition,
			Local: bare.replace(
				'  </Role>',
				`    <ConfigurationSettings>\n      ${setting}\n    </ConfigurationSettings>\n  </Role>`,
			),
		};
		offers(texts, 'Local', 'unknownSetting', [
			"* Change to 'Color'",
			"Declare the setting 'Colour' in the service definition",
			"Remove the setting 'Colour' here",
		]);
		mends(texts, 'Local', 'unknownSetting', "Change to 'Color'", {
			Local: texts.Local.replace('Colour', 'Color'),
		});
		mends(texts, 'Local', 'unknownSetting', "Declare the setting 'Colour' in the service definition", {
			definition: definition.replace(
				'<Setting name="Color" />',
				'<Setting name="Color" />\n      <Setting name="Colour" />',
			),
		});
		mends(texts, 'Local', 'unknownSetting', "Remove the setting 'Colour' here", {
			Local: texts.Local.replace(`      ${setting}\n`, ''),
		});
	});
	test('an unknown certificate', () => {
		const texts = {
			definition: '<WorkerRole name="A"></WorkerRole>',
			Local: '<Role name="A"><Certificates><Certificate name="Ssl"/></Certificates></Role>',
		};
		offers(texts, 'Local', 'unknownCertificate', [
			"Declare the certificate 'Ssl' in the service definition",
			"Remove the certificate 'Ssl' here",
		]);
		mends(texts, 'Local', 'unknownCertificate', "Declare the certificate 'Ssl' in the service definition", {
			definition:
				'<WorkerRole name="A">\n  <Certificates>\n    <Certificate name="Ssl" storeLocation="LocalMachine" storeName="My" />\n  </Certificates>\n</WorkerRole>',
		});
	});
	test('an unknown role', () => {
		const texts = { definition, Local: bare.replace('Back', 'Bakc') };
		offers(texts, 'Local', 'unknownRole', [
			"* Change to 'Back'",
			"Declare the worker role 'Bakc' in the service definition",
			"Remove the role 'Bakc' here",
		]);
		mends(texts, 'Local', 'unknownRole', "Declare the worker role 'Bakc' in the service definition", {
			definition: definition.replace(
				'  </WorkerRole>\n',
				'  </WorkerRole>\n  <WorkerRole name="Bakc" vmsize="Standard_A1_v2" />\n',
			),
		});
		mends(texts, 'Local', 'unknownRole', "Remove the role 'Bakc' here", { Local: '\n' });
	});
	test('names and numbers that are to be corrected', () => {
		mends(
			{ definition: '<ServiceDefinition name="A&amp;B"/>', Local: '<ServiceConfiguration serviceName="x"/>' },
			'Local',
			'serviceNameDiffers',
			"Change to 'A&B'",
			{ Local: '<ServiceConfiguration serviceName="A&amp;B"/>' },
		);
		const ports =
			'<WorkerRole name="A"><Endpoints><InternalEndpoint name="E" protocol="tcp"><FixedPortRange min="20" max="10" /></InternalEndpoint></Endpoints></WorkerRole>';
		mends({ definition: ports }, 'definition', 'reversedPortRange', 'Swap to 10 and 20', {
			definition: ports.replace('min="20" max="10"', 'min="10" max="20"'),
		});
		const https =
			'<WorkerRole name="A"><Certificates><Certificate name="Ssl" storeLocation="LocalMachine" storeName="My"/></Certificates><Endpoints><InputEndpoint name="E" protocol="https" port="443"/></Endpoints></WorkerRole>';
		mends({ definition: https }, 'definition', 'httpsWithoutCertificate', "Use the certificate 'Ssl'", {
			definition: https.replace('port="443"', 'port="443" certificate="Ssl"'),
		});
	});
});

suite('quick fixes of the schema', () => {
	const role = (content: string) => `\n  <Role name="A">\n    <Instances count="1" />${content}\n  </Role>\n`;
	const cases: readonly [code: string, before: string, title: string, after: string][] = [
		[
			'unknownElement',
			role('\n    <Certficates></Certficates>'),
			"Change to 'Certificates'",
			role('\n    <Certificates></Certificates>'),
		],
		['unknownElement', role('\n    <Nonsense/>'), "Remove 'Nonsense'", role('')],
		[
			'unknownElement',
			role('\n    <Setting name="a" value="" />\n    <Setting name="b" value="" />'),
			"Put it into 'ConfigurationSettings'",
			role(
				'\n    <ConfigurationSettings>\n      <Setting name="a" value="" />\n    <Setting name="b" value="" />\n    </ConfigurationSettings>',
			),
		],
		[
			'unknownElement',
			role('\n    <ConfigurationSettings />\n    <Setting name="a" value="" />'),
			"Move it into 'ConfigurationSettings'",
			role('\n    <ConfigurationSettings>\n      <Setting name="a" value="" />\n    </ConfigurationSettings>'),
		],
		[
			'unknownElement',
			role('<Setting name="b" value="" /><ConfigurationSettings><Setting name="a" value="" /></ConfigurationSettings>'),
			"Move it into 'ConfigurationSettings'",
			role('<ConfigurationSettings><Setting name="a" value="" /><Setting name="b" value="" /></ConfigurationSettings>'),
		],
		[
			'unknownAttribute',
			'<Role name="A" vmname="x"><Instances count="1"/></Role>',
			"Change to 'vmName'",
			'<Role name="A" vmName="x"><Instances count="1"/></Role>',
		],
		[
			'unknownAttribute',
			'<Role name="A" qqqqqqqq="x"><Instances count="1"/></Role>',
			"Remove 'qqqqqqqq'",
			'<Role name="A"><Instances count="1"/></Role>',
		],
		[
			'missingAttribute',
			'<Role name="A"><Instances/></Role>',
			"Add the attribute 'count'",
			'<Role name="A"><Instances count="1"/></Role>',
		],
		[
			'missingElement',
			'\n  <Role name="A">\n    <ConfigurationSettings />\n  </Role>\n',
			"Add the element 'Instances'",
			'\n  <Role name="A">\n    <ConfigurationSettings />\n    <Instances count="1" />\n  </Role>\n',
		],
		[
			'elementOrder',
			'\n  <NetworkConfiguration />\n  <Role name="A"><Instances count="1" /></Role>\n  <Role name="B"><Instances count="1" /></Role>\n',
			"Move 'NetworkConfiguration' after 'Role'",
			'\n  <Role name="A"><Instances count="1" /></Role>\n  <Role name="B"><Instances count="1" /></Role>\n  <NetworkConfiguration />\n',
		],
		['tooManyElements', role('\n    <Instances count="2" />'), "Remove 'Instances'", role('')],
		[
			'blankNotAllowed',
			'<Role name="A"><Instances count="1"> </Instances></Role>',
			'Remove the blanks',
			'<Role name="A"><Instances count="1"></Instances></Role>',
		],
		[
			'valueNotAllowed',
			'<Role name="A"><Instances count="1"/><Certificates><Certificate name="C" thumbprint="00" thumbprintAlgorithm="SHA1"/></Certificates></Role>',
			"Change to 'sha1'",
			'<Role name="A"><Instances count="1"/><Certificates><Certificate name="C" thumbprint="00" thumbprintAlgorithm="sha1"/></Certificates></Role>',
		],
		[
			'valueForm',
			`<Role name="A"><Instances count="1"/><Certificates><Certificate name="C" thumbprint="\u200e${'AB'.repeat(20)}" thumbprintAlgorithm="sha1"/></Certificates></Role>`,
			'Remove the characters that nobody sees',
			`<Role name="A"><Instances count="1"/><Certificates><Certificate name="C" thumbprint="${'AB'.repeat(20)}" thumbprintAlgorithm="sha1"/></Certificates></Role>`,
		],
		[
			'documentedName',
			'<NetworkConfiguration><EndpointAcls><EndpointAcl role="A" endpoint="E" accessControl="L"/></EndpointAcls></NetworkConfiguration>',
			"Change to 'endPoint'",
			'<NetworkConfiguration><EndpointAcls><EndpointAcl role="A" endPoint="E" accessControl="L"/></EndpointAcls></NetworkConfiguration>',
		],
	];
	for (const [code, before, title, after] of cases) {
		test(`${code}: ${title}`, () => mends({ Local: before }, 'Local', code, title, { Local: after }));
	}
	test('elementOrder: moves an element before the one that follows it', () => {
		const roles = '<WorkerRole name="A" />\n  <WorkerRole name="B" />';
		const probes = '<LoadBalancerProbes>\n  </LoadBalancerProbes>';
		const title = "Move 'LoadBalancerProbes' before 'WorkerRole'";
		mends({ definition: `\n  ${roles}\n  ${probes}\n` }, 'definition', 'elementOrder', title, {
			definition: `\n  ${probes}\n  ${roles}\n`,
		});
	});
	test('a missing namespace, and a wrong one', () => {
		const right =
			'<ServiceConfiguration serviceName="S" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration"/>';
		const root = (attributes: string) => ({ Local: `<ServiceConfiguration serviceName="S"${attributes}/>` });
		const apply = (texts: Texts, code: string) => {
			const [fix] = fixes(texts, 'Local', code);
			return applyEdits(texts.Local ?? '', fix?.edits[0]?.edits ?? []);
		};
		assert.equal(apply(root(''), 'missingNamespace'), right);
		assert.equal(apply(root(' xmlns="urn:x"'), 'wrongNamespace'), right);
	});
	test('a missing choice offers each side', () => {
		offers(
			{
				definition:
					'<NetworkTrafficRules><OnlyAllowTrafficTo><Destinations><RoleEndpoint roleName="A" endpointName="E"/></Destinations></OnlyAllowTrafficTo></NetworkTrafficRules>',
			},
			'definition',
			'missingChoice',
			["Add the element 'WhenSource'", "Add the element 'AllowAllTraffic'"],
		);
	});
});
