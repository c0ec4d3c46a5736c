import assert from 'node:assert/strict';
import { hover } from '../../src/language/hover';
import { marked } from '../support/marked';
import { configurationText, definitionText, serviceFrom, type Texts } from '../support/services';

/** The hover at the cursor as `[text it is about] what it says`; empty for none. */
function says(texts: Texts): string {
	const [name, source] = Object.entries(texts).find(([, text]) => text.includes('|')) ?? assert.fail('no cursor');
	const { text, offset } = marked(name === 'definition' ? definitionText(source) : configurationText(source));
	const { service, file } = serviceFrom({ ...texts, [name]: text });
	const found = hover(file(name), service, offset);
	return found ? `[${text.slice(found.span.start, found.span.end)}] ${found.text}` : '';
}

const definition =
	'<WebRole name="Front" vmsize="Medium"><ConfigurationSettings><Setting name="Color"/><Setting name="Store"/></ConfigurationSettings>' +
	'<Imports><Import moduleName="RemoteForwarder"/></Imports><Endpoints><InputEndpoint name="Http" protocol="http" port="80"/></Endpoints>' +
	'<LocalResources><LocalStorage name="Disk" sizeInMB="20" cleanOnRoleRecycle="false"/></LocalResources></WebRole>';
const key = `${'A'.repeat(86)}==`;
const local = (content: string, count = 1) =>
	`<Role name="Front"><Instances count="${count}"/><ConfigurationSettings>${content}</ConfigurationSettings></Role>`;

suite('hover', () => {
	test('an element, at its opening and its closing name', () => {
		const open = says({ Local: '<Role name="A"><Inst|ances count="1"></Instances></Role>' });
		assert.match(open, /^\[Instances\] \S/);
		assert.equal(says({ Local: '<Role name="A"><Instances count="1"></Insta|nces></Role>' }), open);
	});
	test('an attribute with its default and range', () => {
		const text = says({
			definition:
				'<WorkerRole name="A"><LocalResources><LocalStorage name="D" sizeInM|B="1"/></LocalResources></WorkerRole>',
		});
		assert.match(text, /^\[sizeInMB\] [\s\S]*Default: `1000`\. Value: 1 or more\./);
	});
	test('a value that is listed', () => {
		const text = says({
			definition: '<WorkerRole name="A"><Startup><Task commandLine="a" taskType="back|ground"/></Startup></WorkerRole>',
		});
		assert.match(text, /^\[background\] `background`: \S/);
	});
	test('a size with its cores, memory and disk, whether it is to be chosen today or not', () => {
		assert.equal(
			says({ definition: '<WorkerRole name="A" vmsize="Standard_|D2_v2"/>' }),
			'[Standard_D2_v2] `Standard_D2_v2`: 2 cores, 7 GiB of memory, 100 GiB of local disk.',
		);
		assert.equal(
			says({ definition: '<WorkerRole name="A" vmsize="Sm|all"/>' }),
			'[Small] `Small`: 1 core, 1.75 GiB of memory, 225 GiB of local disk. Classic only; extended support calls it `Standard_A1`.',
		);
	});
	test('a guest OS family with its dates', () => {
		const osFamily = (family: string) => `<ServiceConfiguration serviceName="S" osFamily="|${family}"/>`;
		assert.equal(
			says({ Local: osFamily('4') }),
			'[4] `4`: Windows Server 2012 R2, retired in February 2025. .NET Framework 3.5, 4.5.1, 4.5.2. Needs SDK 2.1 or later.',
		);
		assert.match(says({ Local: osFamily('7') }), /Windows Server 2022, supported\./);
	});
	test('a role with its instances per configuration', () => {
		assert.equal(
			says({ definition: definition.replace('"Front"', '"Fr|ont"'), Local: local(''), Cloud: local('', 4) }),
			'[Front] Web role `Front`, size `Medium`\n\n- `Local`: 1 instance\n- `Cloud`: 4 instances',
		);
	});
	test('a setting with its values, secrets masked', () => {
		assert.equal(
			says({
				definition: definition.replace('"Store"', '"St|ore"'),
				Local: local('<Setting name="Store" value="UseDevelopmentStorage=true"/>'),
				Cloud: local(`<Setting name="Store" value="AccountName=shop;AccountKey=${key}"/>`),
				Test: local(''),
			}),
			'[Store] Setting `Store` of the role `Front`\n\n- `Local`: `UseDevelopmentStorage=true`\n- `Cloud`: `AccountName=shop;AccountKey=•••`\n- `Test`: no value',
		);
	});
	test('a setting that an import brings, and one that nothing declares', () => {
		const name = 'Microsoft.WindowsAzure.Plugins.RemoteForwarder.Enabled';
		assert.match(
			says({ definition, Local: local(`<Setting name="${name}|" value="true"/>`) }),
			/Added by the module `RemoteForwarder`\.\n\n- `Local`: `true`$/,
		);
		assert.match(
			says({ definition, Local: local('<Setting name="Nothing|" value=""/>') }),
			/Not declared in the service definition\./,
		);
	});
	test('endpoints and storage', () => {
		assert.equal(
			says({ definition: definition.replace('"Http"', '"Ht|tp"') }),
			'[Http] Input endpoint (http, port 80) `Http` of the role `Front`',
		);
		assert.equal(
			says({ definition: definition.replace('"Disk"', '"D|isk"') }),
			'[Disk] Local storage `Disk` of the role `Front`, 20 MB, kept on recycle',
		);
	});
	test('a module and what it adds', () => {
		assert.match(
			says({ definition: definition.replace('"RemoteForwarder"', '"Remote|Forwarder"') }),
			/^\[RemoteForwarder\] [^\n]+\n\nAdds to the role:\n- setting `[\w.]+Enabled`\n- endpoint `[\w.]+RdpInput`$/,
		);
	});
	test('backticks of the user stay text', () => {
		const text = says({ definition, Local: local('<Setting name="Color|" value="a``b"/>') });
		assert.match(text, /```a``b```$/);
	});
	test('nothing between elements', () => {
		assert.equal(says({ Local: '<Role name="A"> | </Role>' }), '');
	});
});
