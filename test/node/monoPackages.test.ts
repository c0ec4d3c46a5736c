import assert from 'node:assert/strict';
import { isInSmallestMono, isInWholeMono, onePackageFor } from '../../src/node/dotnet/monoPackages';

suite('the Debian package that brings assemblies to Mono', () => {
	const cases: readonly (readonly [string, string])[] = [
		['', 'mono-runtime'],
		['mscorlib System System.Core System.Configuration', 'mono-runtime'],
		['System System.Data', 'libmono-system-data4.0-cil'],
		['System.Net.Http', 'libmono-system-net-http4.0-cil'],
		['System.DirectoryServices', 'libmono-system-ldap4.0-cil'],
		['System.ServiceModel', 'libmono-system-servicemodel-web4.0-cil'],
		['System.ServiceModel System.ServiceModel.Web', 'libmono-system-servicemodel-web4.0-cil'],
		['System.ServiceModel System.Runtime.Serialization System.Xml.Linq', 'libmono-system-servicemodel-web4.0-cil'],
		['System.Web System.Data', 'libmono-system-web4.0-cil'],
		['System.ServiceModel System.Net.Http', 'mono-complete'],
		['netstandard', 'mono-devel'],
		['System.Runtime System.Threading.Tasks', 'mono-devel'],
		['mcs', 'mono-mcs'],
	];
	for (const [assemblies, expected] of cases) {
		test(`${assemblies || 'none'}: ${expected}`, () => {
			assert.equal(onePackageFor(assemblies.split(' ').filter(Boolean)), expected);
		});
	}

	test('what no Mono has is known', () => {
		const inNone = [
			'System.Activities',
			'System.IdentityModel.Services',
			'Microsoft.Web.Administration',
			'constructor',
		];
		assert.deepEqual(inNone.filter(isInWholeMono), []);
		assert.ok(isInWholeMono('System.Web') && !isInSmallestMono('System.Web') && isInSmallestMono('System'));
	});
});
