import assert from 'node:assert/strict';
import { diagnose } from '../../src/language/diagnostics';
import { serviceFrom, type Texts } from '../support/services';

/** The problems of a file as `layer code 'text'`, in order. */
function problems(texts: Texts, name: string): string[] {
	const { service, file } = serviceFrom(texts);
	const { text } = file(name).document;
	return diagnose(file(name), service).map(
		({ layer, code, span }) => `${layer} ${code} '${text.slice(span.start, span.end)}'`,
	);
}

const definition =
	'<WorkerRole name="A"><ConfigurationSettings><Setting name="S"/></ConfigurationSettings></WorkerRole>';
const role = (content: string) =>
	`<Role name="A"><Instances count="1"/><ConfigurationSettings>${content}</ConfigurationSettings></Role>`;
const given = '<Setting name="S" value=""/>';

suite('diagnostics', () => {
	test('the message names the cause that is meant, not what follows from it', () => {
		const messages = (texts: Texts, name: string) => {
			const { service, file } = serviceFrom(texts);
			return diagnose(file(name), service, { platform: 'classic' }).flatMap(({ severity, message }) =>
				severity === 'error' || severity === 'warning' ? [message] : [],
			);
		};
		const site =
			'<WebRole name="A" vmsize="small"><Site name="Web"><Binding name="B" endpointName="E"/></Site></WebRole>';
		assert.deepEqual(messages({ definition: site }, 'definition'), [
			"The web role 'A' has no http or https input endpoint, so no browser reaches it; add one, or make it a worker role.",
			"The platform lists the size 'small' as 'Small'; write it in the same letters.",
			"Element 'Site' is not allowed in 'WebRole' itself: it belongs in 'Sites'.",
		]);
		const valued =
			'<WorkerRole name="A" vmsize="Small"><Instances count="2"/><ConfigurationSettings><Setting name="S" value="1"/></ConfigurationSettings></WorkerRole>';
		assert.deepEqual(messages({ definition: valued }, 'definition'), [
			"Element 'Instances' is not allowed in 'WorkerRole': it belongs in the configurations (.cscfg).",
			"Attribute 'value' is not allowed on 'Setting' here: it belongs in the configurations (.cscfg).",
		]);
		const sized = '<Role name="A" vmsize="Small"><Instances count="2"/><Sites/><Certficates/></Role>';
		assert.deepEqual(messages({ Local: sized }, 'Local'), [
			"Attribute 'vmsize' is not allowed on 'Role' here: it belongs in the service definition (.csdef).",
			"Element 'Sites' is not allowed in 'Role': it belongs in the service definition (.csdef).",
			"Element 'Certficates' is not allowed in 'Role'. Did you mean 'Certificates'?",
		]);
		const pasted =
			'<ServiceDefinition name="S" xmlns=“http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceDefinition”/>';
		assert.deepEqual(messages({ definition: pasted }, 'definition'), [
			`The quotes around the value of attribute 'xmlns' are typographic ones, as of a text: write straight ones (").`,
		]);
	});
	test('syntax, schema and rules in the order of the text', () => {
		assert.deepEqual(
			problems(
				{ definition, Local: `<Role name="A" nam="x"><Instances count="1"/></Role><Role name="B" name="C">` },
				'Local',
			),
			[
				"rule missingSetting 'A'",
				"schema unknownAttribute 'nam'",
				"syntax missingCloseTag 'Role'",
				"rule unknownRole 'B'",
				"syntax duplicateAttribute 'name'",
			],
		);
	});
	test('a transform of a configuration is only asked to be well-formed', () => {
		const transform =
			'<ServiceConfiguration xmlns:xdt="http://schemas.microsoft.com/XML-Document-Transform"><Role xdt:Locator="Match(name)" name="None"/></ServiceConfiguration>';
		assert.deepEqual(problems({ definition, Local: transform }, 'Local'), []);
		assert.deepEqual(problems({ definition, Local: transform.replace('"None"/>', '"None">') }, 'Local'), [
			"syntax missingCloseTag 'Role'",
		]);
	});
	test('a comment silences its code for the element after it and below', () => {
		const ignore = '<!-- rolewright-ignore unknownSetting: left by the old version -->';
		const two = `${given}<Setting name="X" value=""/><Setting name="Y" value=""/>`;
		assert.deepEqual(problems({ definition, Local: ignore + role(two) }, 'Local'), []);
		assert.deepEqual(
			problems({ definition, Local: role(two.replace('<Setting name="X"', `${ignore}<Setting name="X"`)) }, 'Local'),
			["rule unknownSetting 'Y'"],
		);
	});
	test('several codes for one element', () => {
		const comments =
			'<!-- rolewright-ignore unknownSetting: old -->\n<!-- rolewright-ignore missingSetting: set by the pipeline -->\n';
		assert.deepEqual(problems({ definition, Local: comments + role('<Setting name="X" value=""/>') }, 'Local'), []);
	});
	test('a comment without a reason silences, and is a problem itself', () => {
		assert.deepEqual(
			problems(
				{
					definition,
					Local: `<!-- rolewright-ignore unknownSetting -->${role(`${given}<Setting name="X" value=""/>`)}`,
				},
				'Local',
			),
			["rule ignoreWithoutReason '<!-- rolewright-ignore unknownSetting -->'"],
		);
	});
	test('a comment that silences nothing is a problem', () => {
		const unused = '<!-- rolewright-ignore unknownRole: why not -->';
		assert.deepEqual(problems({ definition, Local: unused + role(given) }, 'Local'), [`rule unusedIgnore '${unused}'`]);
		assert.deepEqual(problems({ definition, Local: role(given) + unused }, 'Local'), [`rule unusedIgnore '${unused}'`]);
	});
	test('so is one that is not of the form, or names several codes', () => {
		const extra = role(`${given}<Setting name="X" value=""/>`);
		for (const inside of ['unknownSetting, unknownRole: old', 'unknownSetting unknownRole: old', ': old']) {
			const comment = `<!-- rolewright-ignore ${inside} -->`;
			assert.deepEqual(problems({ definition, Local: comment + extra }, 'Local'), [
				`rule unusedIgnore '${comment}'`,
				"rule unknownSetting 'X'",
			]);
		}
	});
	test('any beginning of a text has its problems and no exception', () => {
		const text = `<!-- rolewright-ignore a: b -->${role(given)}`;
		for (let end = 0; end <= text.length; end++) {
			assert.ok(Array.isArray(problems({ definition: definition.slice(0, end), Local: text.slice(0, end) }, 'Local')));
		}
	});
});
