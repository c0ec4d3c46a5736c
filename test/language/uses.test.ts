import assert from 'node:assert/strict';
import { lenses } from '../../src/language/lenses';
import { semanticTokens } from '../../src/language/semanticTokens';
import { workspaceSymbols } from '../../src/language/workspaceSymbols';
import { serviceFrom } from '../support/services';

const service = serviceFrom({
	definition:
		'<WebRole name="Front"><ConfigurationSettings><Setting name="Color"/><Setting name="Alone"/></ConfigurationSettings><Endpoints><InternalEndpoint name="Inner" protocol="tcp"/></Endpoints></WebRole>' +
		'<WorkerRole name="Back"/><WorkerRole name="New"/>' +
		'<NetworkTrafficRules><OnlyAllowTrafficTo><Destinations><RoleEndpoint roleName="Front" endpointName="Inner"/></Destinations></OnlyAllowTrafficTo></NetworkTrafficRules>',
	Local:
		'<Role name="Front"><Instances count="1"/><ConfigurationSettings><Setting name="Color" value="red"/></ConfigurationSettings></Role><Role name="Back"><Instances count="1"/></Role>',
	Cloud:
		'<Role name="Front"><Instances count="4"/><ConfigurationSettings><Setting name="Color" value="red"/></ConfigurationSettings></Role>',
});
const textAt = ({ path, span }: { path: string; span: { start: number; end: number } }) => {
	const name = service.nameOf(path);
	return `${name} ${service.file(name).document.text.slice(span.start, span.end)}`;
};

suite('lenses', () => {
	test('count configurations, instances and uses', () => {
		const { text } = service.file('definition').document;
		assert.deepEqual(
			lenses(service.file('definition'), service.service).map(
				({ span, title, places }) => `${text.slice(span.start, span.end)}: ${title} (${places.map(textAt).join(', ')})`,
			),
			[
				'Front: 2 configurations · 1 to 4 instances (definition Front, Local Front, Cloud Front)',
				'Color: used 2 times (Local Color, Cloud Color)',
				'Alone: not used ()',
				'Inner: used once (definition Inner)',
				'Back: 1 configuration · 1 instance (Local Back)',
				'New: in no configuration ()',
			],
		);
	});
	test('count no uses while it is not known what the code uses: only roles have one then', () => {
		const { text } = service.file('definition').document;
		const shown = lenses(service.file('definition'), service.service, () => undefined);
		assert.deepEqual(
			shown.map(({ span, title }) => `${text.slice(span.start, span.end)}: ${title}`),
			['Front: 2 configurations · 1 to 4 instances', 'Back: 1 configuration · 1 instance', 'New: in no configuration'],
		);
	});
	test('stand where something is declared, in no configuration that declares nothing', () => {
		assert.deepEqual(lenses(service.file('Local'), service.service), []);
	});
});

suite('semantic tokens', () => {
	test('are the names of one file in their order', () => {
		const show = (name: string) =>
			semanticTokens(service.file(name), service.service).map(
				({ span, kind, declares }) =>
					`${kind} ${service.file(name).document.text.slice(span.start, span.end)}${declares ? ' declared' : ''}`,
			);
		assert.deepEqual(show('definition'), [
			'service Shop declared',
			'role Front declared',
			'setting Color declared',
			'setting Alone declared',
			'endpoint Inner declared',
			'role Back declared',
			'role New declared',
			'role Front',
			'endpoint Inner',
		]);
		assert.deepEqual(show('Cloud'), ['service Shop', 'role Front', 'setting Color']);
	});
});

suite('workspace symbols', () => {
	const alone = serviceFrom({
		Local:
			'<Role name="Lonely"><ConfigurationSettings><Setting name="Colour" value=""/></ConfigurationSettings></Role>',
	});
	const find = (query: string) =>
		workspaceSymbols([service.service, alone.service], query).map(
			({ kind, name, container, location }) => `${kind} ${name} of ${container} in ${location.path}`,
		);
	test('of all services, at their declarations', () => {
		assert.deepEqual(find('clr'), [
			'setting Color of Front in /s/ServiceDefinition.csdef',
			'setting Colour of Lonely in /s/ServiceConfiguration.Local.cscfg',
		]);
		assert.deepEqual(find('FRONT'), ['role Front of Shop in /s/ServiceDefinition.csdef']);
		assert.equal(find('').length, 10);
	});
	test('at the declaration also where a use comes first, and none for what an import brings', () => {
		const { service: own, file } = serviceFrom({
			definition:
				'<WebRole name="W"><Imports><Import moduleName="Diagnostics"/></Imports><Sites><Site name="S"><Bindings><Binding name="B" endpointName="Http"/></Bindings></Site></Sites><Endpoints><InputEndpoint name="Http"/></Endpoints></WebRole>',
		});
		const { text } = file('definition').document;
		assert.deepEqual(
			workspaceSymbols([own], 'tp').map(({ location }) => location.span.start),
			[text.indexOf('InputEndpoint name="') + 'InputEndpoint name="'.length],
		);
		assert.deepEqual(workspaceSymbols([own], 'Plugins'), []);
	});
});
