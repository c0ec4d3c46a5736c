import assert from 'node:assert/strict';
import { applyEdits } from '../../src/base/span';
import { diagnose } from '../../src/language/diagnostics';
import { type FormField, placeProblems, roleForm } from '../../src/language/roleForm';
import { removeEntry, removeValues, setField } from '../../src/language/roleFormEdits';
import { serviceFrom, type TestService, type Texts } from '../support/services';

/** A role as a form: what it says, and what its fields write. */

const mill = `<WorkerRole name="Mill" vmsize="Standard_A1_v2">
	<!-- ports -->
	<Endpoints>
		<InputEndpoint name="Web" protocol="http" port="80" />
		<InstanceInputEndpoint name="Direct" protocol="tcp" localPort="81">
			<AllocatePublicPortFrom><FixedPortRange min="5000" max="5009" /></AllocatePublicPortFrom>
		</InstanceInputEndpoint>
	</Endpoints>
	<ConfigurationSettings><Setting name="Key" /></ConfigurationSettings>
	<LocalResources><LocalStorage name="Sacks" sizeInMB="10" /></LocalResources>
	<Certificates><Certificate name="Tls" storeLocation="LocalMachine" storeName="My" /></Certificates>
	<Startup>
		<Task commandLine="setup.cmd" taskType="simple">
			<Environment><Variable name="A" value="1" /><Variable name="B" value="2" /></Environment>
		</Task>
	</Startup>
</WorkerRole>`;

function formOf(from: TestService, role = 'Mill') {
	return roleForm(from.file('definition'), from.service, role) ?? assert.fail('no form');
}

/** A field of a form as `inside.attribute=value [default] (choices)`. */
function short({ inside, attribute, value, default: usual, required, closed, choices }: FormField): string {
	const name = inside === undefined ? attribute : `${inside}.${attribute}`;
	const of = choices.length > 4 ? `${choices.length > 20 ? 'many' : choices.length}` : choices.join('|');
	return `${name}${required ? '*' : ''}=${value ?? ''}${value === undefined && usual ? `[${usual}]` : ''}${of ? ` ${closed ? 'of' : 'such as'} ${of}` : ''}`;
}

/** The field `entry/attribute` of a form. */
function fieldOf(from: TestService, path: string): FormField {
	const [title, name] = path.split('/');
	const form = formOf(from);
	const entry = title === '' ? form.own : form.entries.find(each => each.title === title);
	return (
		entry?.fields.find(each => (each.inside === undefined ? '' : `${each.inside}.`) + each.attribute === name) ??
		assert.fail(`no field ${path}`)
	);
}

/** The definition after a field was set. */
function after(texts: Texts, path: string, value: string | undefined): string {
	const from = serviceFrom(texts);
	const definition = from.service.definition ?? assert.fail('no definition');
	const edits = setField(definition, 'Mill', fieldOf(from, path), value);
	return applyEdits(definition.document.text, edits ?? assert.fail('nothing to write into'));
}

suite('form of a role', () => {
	test('every attribute is a field, with its default and what may stand there; names are none', () => {
		const form = formOf(serviceFrom({ definition: mill }));
		assert.deepEqual(form.own.fields.map(short), [
			'vmsize=Standard_A1_v2 such as many',
			'enableNativeCodeExecution=[true] of true|false',
		]);
		assert.deepEqual(
			form.entries.map(({ kind, title, fields }) => `${kind} ${title}: ${fields.map(short).join(', ')}`),
			[
				'endpoint Web: protocol*=http of http|https|tcp|udp, port*=80, certificate= such as Tls, localPort= such as *, ignoreRoleInstanceStatus=[false] of true|false, loadBalancerProbe=, loadBalancer=, idleTimeoutInMinutes=[4], loadBalancerDistribution= of none|sourceIP|sourceIPProtocol',
				'endpoint Direct: localPort*=81, protocol*=tcp of udp|tcp, idleTimeoutInMinutes=[4], FixedPortRange.min*=5000, FixedPortRange.max*=5009',
				'setting Key: ',
				'localStorage Sacks: sizeInMB=10, cleanOnRoleRecycle=[true] of true|false',
				'certificate Tls: storeLocation*=LocalMachine of LocalMachine|CurrentUser, storeName*=My such as 9, permissionLevel=[limitedOrElevated] of limitedOrElevated|elevated',
				'startupTask setup.cmd: commandLine*=setup.cmd, executionContext=[limited] of limited|elevated, taskType=simple of simple|foreground|background, Variable 1.name*=A, Variable 1.value=1, Variable 2.name*=B, Variable 2.value=2',
			],
		);
	});

	test('none for a role that is not there, and one for a half-typed role', () => {
		const from = serviceFrom({ definition: '<WorkerRole name="Mill"><Endpoints><InputEndpoint name="a' });
		assert.equal(roleForm(from.file('definition'), from.service, 'Baker'), undefined);
		assert.deepEqual(
			formOf(from).entries.map(({ title }) => title),
			['a'],
		);
	});

	const edits: readonly [
		what: string,
		text: string,
		path: string,
		value: string | undefined,
		find: string,
		put: string,
	][] = [
		['a value', mill, 'Web/port', '8080', '"80"', '"8080"'],
		['a value deep inside', mill, 'Direct/FixedPortRange.max', '5019', '5009', '5019'],
		['the second of several', mill, 'setup.cmd/Variable 2.value', 'a<b', '"2"', '"a&lt;b"'],
		[
			'an attribute that is not there',
			mill,
			'Sacks/cleanOnRoleRecycle',
			'false',
			'sizeInMB="10"',
			'sizeInMB="10" cleanOnRoleRecycle="false"',
		],
		['an attribute that goes', mill, '/vmsize', undefined, ' vmsize="Standard_A1_v2"', ''],
		['what is the same', mill, 'Web/port', '80', '', ''],
		['Windows line ends', mill.replaceAll('\n', '\r\n'), 'Web/port', '1', '"80"', '"1"'],
	];
	for (const [what, text, path, value, find, put] of edits) {
		test(`writes ${what} and nothing else`, () => {
			const before = serviceFrom({ definition: text }).file('definition').document.text;
			assert.equal(after({ definition: text }, path, value), before.replace(find, put));
		});
	}

	test('prefixes, single quotes and comments stay', () => {
		const text = `<!--<ServiceDefinition--><s:ServiceDefinition name='S' xmlns:s="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceDefinition"><!-- a --><s:WorkerRole name='Mill'><s:LocalResources><!-- b --><s:LocalStorage  name='X'  sizeInMB='1'/></s:LocalResources></s:WorkerRole></s:ServiceDefinition>`;
		assert.equal(after({ definition: text }, 'X/sizeInMB', '2'), text.replace("sizeInMB='1'", "sizeInMB='2'"));
	});

	test('nothing is written where the text is another one by now', () => {
		const field = fieldOf(serviceFrom({ definition: mill }), 'Web/port');
		for (const [what, by] of [
			['port="80"', 'port="81"'],
			['<InputEndpoint name="Web" protocol="http" port="80" />', ''],
		] as const) {
			const { definition } = serviceFrom({ definition: mill.replace(what, by) }).service;
			assert.equal(definition && setField(definition, 'Mill', field, '8080'), undefined);
		}
	});
});

suite('entries of a role that go', () => {
	const removed = (texts: Texts, title: string) => {
		const from = serviceFrom(texts);
		const entry = formOf(from).entries.find(each => each.title === title) ?? assert.fail('no entry');
		const edits = removeEntry(from.service, 'Mill', entry) ?? assert.fail('nothing to remove');
		return Object.fromEntries(
			edits.map(({ path, edits: each }) => {
				const name = from.nameOf(path);
				return [name, applyEdits(from.file(name).document.text, each)];
			}),
		);
	};
	const role = (content: string) => `\r\n<WorkerRole name="Mill">${content}\r\n</WorkerRole>\r\n`;

	test('an endpoint, with its line; its comment and its neighbours stay', () => {
		const definition = role(
			'\r\n<Endpoints>\r\n<!-- a -->\r\n<InternalEndpoint name="A"/>\r\n<InternalEndpoint name="B"/>\r\n</Endpoints>',
		);
		assert.deepEqual(removed({ definition }, 'A'), {
			definition: serviceFrom({ definition })
				.file('definition')
				.document.text.replace('<InternalEndpoint name="A"/>\r\n', ''),
		});
	});

	test('what was half-typed beside it stays', () => {
		const definition = role('<Endpoints>half<InternalEndpoint name="A"/></Endpoints>');
		const { text } = serviceFrom({ definition }).file('definition').document;
		assert.deepEqual(removed({ definition }, 'A'), { definition: text.replace('<InternalEndpoint name="A"/>', '') });
	});

	test('a setting, with its values in every configuration, and the lists that it leaves empty', () => {
		const definition = role('\r\n<ConfigurationSettings>\r\n<Setting name="Key"/>\r\n</ConfigurationSettings>');
		const Local =
			'<Role name="Mill"><ConfigurationSettings><Setting name="Key" value="1"/><Setting name="Other" value="2"/></ConfigurationSettings></Role>';
		const Cloud =
			'<Role name="Mill">\n<ConfigurationSettings><!-- mine --><Setting name="Key" value="3"/></ConfigurationSettings>\n</Role>';
		const Test =
			'<Role name="Baker"><ConfigurationSettings><Setting name="Key" value="1"/></ConfigurationSettings></Role>';
		const before = serviceFrom({ definition, Local, Cloud, Test });
		const text = (name: string) => before.file(name).document.text;
		assert.deepEqual(removed({ definition, Local, Cloud, Test }, 'Key'), {
			definition: text('definition').replace(
				'<ConfigurationSettings>\r\n<Setting name="Key"/>\r\n</ConfigurationSettings>\r\n',
				'',
			),
			Local: text('Local').replace('<Setting name="Key" value="1"/>', ''),
			Cloud: text('Cloud').replace('<Setting name="Key" value="3"/>', ''),
		});
	});

	test('values that nobody declares', () => {
		const from = serviceFrom({
			definition: role(''),
			Local: '<Role name="Mill"><Certificates><Certificate name="Old"/><Certificate name="Tls"/></Certificates></Role>',
			Cloud: '<Role name="Baker"><Certificates><Certificate name="Old"/></Certificates></Role>',
		});
		assert.deepEqual(
			removeValues(from.service, 'Mill', 'certificate', 'Old').map(({ path, edits }) => {
				const name = from.nameOf(path);
				return [name, applyEdits(from.file(name).document.text, edits).includes('"Old"')];
			}),
			[['Local', false]],
		);
	});

	test('nothing where the entry is another one by now', () => {
		const from = serviceFrom({ definition: mill });
		const [entry = assert.fail('no entry')] = formOf(from).entries;
		const { service } = serviceFrom({ definition: mill.replace('name="Web"', 'name="Shop"') });
		assert.equal(removeEntry(service, 'Mill', entry), undefined);
	});
});

suite('problems in the form of a role', () => {
	test('each at its field, its entry or the role', () => {
		const from = serviceFrom({
			definition: mill
				.replace('port="80"', 'port="80000"')
				.replace('taskType="simple"', 'taskType="quick"')
				.replace('name="Sacks"', 'name="Sa:cks"')
				.replace('<!-- ports -->', '<Nonsense/>'),
		});
		const form = formOf(from);
		const errors = diagnose(from.file('definition'), from.service).filter(({ severity }) => severity === 'error');
		const { fields, entries, role } = placeProblems(form, errors);
		const codes = (problems: readonly { code: string }[]) => problems.map(({ code }) => code).join();
		assert.deepEqual(
			[
				...[...fields].map(([field, problems]) => `${field.attribute}: ${codes(problems)}`),
				...[...entries].map(([entry, problems]) => `${entry.title}: ${codes(problems)}`),
				`role: ${codes(role)}`,
			],
			['port: valueRange', 'taskType: valueNotAllowed', 'Sa:cks: valueForm', 'role: unknownElement'],
		);
	});
});
