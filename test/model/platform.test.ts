import assert from 'node:assert/strict';
import type { Problem } from '../../src/base/problem';
import { extendedSeverity, isDeploymentTemplate, platformOf } from '../../src/model/platform';
import { chosenSeverity, withSeverities } from '../../src/model/severities';
import { serviceFrom } from '../support/services';

suite('platform', () => {
	const network = (name: string) =>
		serviceFrom({ Cloud: `<NetworkConfiguration><VirtualNetworkSite name="${name}"/></NetworkConfiguration>` }).service;
	const id = '/subscriptions/1/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/n';

	test('what is set goes before every sign', () => {
		assert.equal(platformOf(network(id), 'classic', true), 'classic');
		assert.equal(platformOf(network('n'), 'extended'), 'extended');
	});
	test('a network named by its id, or a template beside the files, means extended support', () => {
		assert.equal(platformOf(network(id), 'auto'), 'extended');
		assert.equal(platformOf(network('n'), undefined, true), 'extended');
		assert.equal(platformOf(network('n'), undefined), undefined);
	});
	test('a late schema version with a late guest OS is no sign', () => {
		const late = serviceFrom({
			Cloud: '<ServiceConfiguration serviceName="Shop" osFamily="6" schemaVersion="2015-04.2.6"/>',
		});
		assert.equal(platformOf(late.service, 'auto'), undefined);
	});
	test('a template is known by the type of its resource', () => {
		assert.ok(isDeploymentTemplate('{"type": "Microsoft.Compute/cloudServices"}'));
		assert.ok(!isDeploymentTemplate('{"type": "Microsoft.Compute/virtualMachines"}'));
	});
	test('rules of extended support: an error there, a hint where nothing is known, nothing on classic', () => {
		assert.deepEqual(
			(['extended', undefined, 'classic'] as const).map(each => extendedSeverity(each)?.severity),
			['error', 'hint', undefined],
		);
		assert.equal(extendedSeverity('extended', 'warning')?.severity, 'warning');
	});
});

suite('severities', () => {
	const problem = (code: string, layer: Problem['layer']): Problem => {
		return { code, layer, severity: 'error', message: '', span: { start: 0, end: 0 } };
	};
	test('a choice turns schema and rules, never what is not well-formed', () => {
		const choices = { a: 'hint', b: 'off' } as const;
		assert.equal(chosenSeverity(problem('a', 'rule'), choices), 'hint');
		assert.equal(chosenSeverity(problem('b', 'schema'), choices), 'off');
		assert.equal(chosenSeverity(problem('a', 'syntax'), choices), 'error');
		assert.equal(chosenSeverity(problem('toString', 'rule'), choices), 'error');
	});
	test('what is off is left out, the rest stays', () => {
		const found = [problem('a', 'rule'), problem('b', 'rule'), problem('c', 'rule')];
		assert.deepEqual(
			withSeverities(found, { a: 'warning', b: 'off' }).map(({ code, severity }) => `${severity} ${code}`),
			['warning a', 'error c'],
		);
	});
});
