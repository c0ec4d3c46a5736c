import assert from 'node:assert/strict';
import { roleEnvironment } from '../../src/lifecycle/actor/environment';
import { valueOfPath } from '../../src/lifecycle/plan/xpath';
import { endpoint, rolePlan, servicePlan } from '../support/fakeService';

/** The documented values of csdef.md 9.1. */
const role = rolePlan({
	settings: { Greeting: 'hello', 'Ns.Name': 'x' },
	localStorage: [{ name: 'Cache', sizeInMB: 10, cleanOnRoleRecycle: true }],
	endpoints: [endpoint('Http', 'input', 80)],
});
const environment = roleEnvironment(servicePlan([role]), { role: 'Worker', index: 3 }, (instance, name) =>
	instance === 'Worker_IN_3' && name === 'Http' ? { address: '127.0.0.1', port: 20_001, publicPort: 80 } : undefined,
);
const current = '/RoleEnvironment/CurrentInstance';

suite('paths into the role environment', () => {
	const rows: readonly [path: string, value: string | undefined][] = [
		['/RoleEnvironment/Deployment/@emulated', 'true'],
		['/RoleEnvironment/Deployment/@id', 'd1'],
		[`${current}/@id`, 'Worker_IN_3'],
		[`${current}/@updateDomain`, '3'],
		[`${current}/@faultDomain`, '1'],
		[`${current}/@roleName`, 'Worker'],
		[`${current}/ConfigurationSettings/ConfigurationSetting[@name='Greeting']/@value`, 'hello'],
		[`${current}/ConfigurationSettings/ConfigurationSetting[ @name = "Ns.Name" ]/@value`, 'x'],
		[`${current}/LocalResources/LocalResource[@name='Cache']/@path`, '/state/Worker_IN_3/resources/Cache/'],
		[`${current}/LocalResources/LocalResource[@name='Cache']/@sizeInMB`, '10'],
		[`${current}/Endpoints/Endpoint[@name='Http']/@protocol`, 'http'],
		[`${current}/Endpoints/Endpoint[@name='Http']/@address`, '127.0.0.1'],
		[`  ${current}/Endpoints/Endpoint[@name='Http']/@port `, '20001'],
		[`${current}/Endpoints/Endpoint[@name='Https']/@port`, undefined],
		[`${current}/Endpoints/Endpoint[@name='Http']/@value`, undefined],
		[`${current}/ConfigurationSettings/ConfigurationSetting[@name='toString']/@value`, undefined],
		['/RoleEnvironment/Deployment/@name', undefined],
		['//Endpoint[1]', undefined],
		['', undefined],
	];
	for (const [path, value] of rows) {
		test(path, () => assert.equal(valueOfPath(path, environment), value));
	}
});
