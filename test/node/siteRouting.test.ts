import assert from 'node:assert/strict';
import type { SiteApplication, SitePlan } from '../../src/lifecycle/siteHost';
import { mimeTypeOf } from '../../src/node/sites/mimeTypes';
import { pathOf, routeIn, siteFor, without } from '../../src/node/sites/siteRouting';

const application = (path: string, ...directories: readonly string[]): SiteApplication => ({
	path,
	folder: path,
	serves: { kind: 'static' },
	directories: directories.map(each => ({ path: each, folder: each })),
});

function site(name: string, ...bindings: readonly string[]): SitePlan {
	return {
		name,
		bindings: bindings.map(binding => {
			const [endpoint = '', hostHeader] = binding.split(' ');
			return { endpoint, ...(hostHeader !== undefined && { hostHeader }) };
		}),
		applications: [application('/', '/files'), application('/shop'), application('/shop/api', '/shop/api/docs')],
	};
}

suite('which site answers', () => {
	const sites = [
		site('Web', 'Http', 'Tls'),
		site('Admin', 'Http admin.example'),
		site('Api', 'Http API.example', 'Own'),
	];
	const table: readonly (readonly [endpoint: string, host: string | undefined, site: string | undefined])[] = [
		['Http', 'admin.example', 'Admin'],
		['Http', 'Admin.Example:8080', 'Admin'],
		['Http', 'api.example', 'Api'],
		['Http', 'other.example', 'Web'],
		['Http', undefined, 'Web'],
		['Tls', 'admin.example', 'Web'],
		['Own', 'localhost', 'Api'],
		['Nobody', 'localhost', undefined],
	];
	for (const [endpoint, host, expected] of table) {
		test(`${host ?? 'no host'} at ${endpoint}: ${expected ?? 'nobody'}`, () => {
			assert.equal(siteFor(sites, endpoint, host)?.name, expected);
		});
	}

	test('nobody answers a host that no binding names, where each names one', () => {
		assert.equal(siteFor([site('Admin', 'Http admin.example')], 'Http', 'localhost'), undefined);
	});
});

suite('which application answers', () => {
	const table: readonly (readonly [path: string, place: string])[] = [
		['/', '/'],
		['/shopping', '/'],
		['/shop', '/shop'],
		['/SHOP/cart', '/shop'],
		['/shop/api/x', '/shop/api'],
		['/shop/api/docs/a.html', '/shop/api/docs'],
		['/files/a', '/files'],
		['/filesystem', '/'],
	];
	for (const [path, expected] of table) {
		test(`${path}: ${expected}`, () => {
			const route = routeIn(site('Web'), path);
			assert.equal(route?.directory?.path ?? route?.application.path, expected);
		});
	}
});

suite('the path of a request', () => {
	const table: readonly (readonly [url: string, path: string | undefined])[] = [
		['/a%20b?c=%2F', '/a b'],
		['/a#b', '/a'],
		['http://host:80/a?b', '/a'],
		['*', undefined],
		['/%E0%A4%A', undefined],
		['/a%00b', undefined],
	];
	for (const [url, expected] of table) {
		test(url, () => assert.equal(pathOf(url), expected));
	}

	test('as an application sees it that does not know where it is', () => {
		assert.deepEqual(
			[without('/', '/a?b'), without('/shop', '/shop'), without('/shop', '/shop?a'), without('/shop', '/Shop/a?b')],
			['/a?b', '/', '/?a', '/a?b'],
		);
	});
});

suite('the type of a file', () => {
	for (const [file, type] of [
		['a.HTML', 'text/html; charset=utf-8'],
		['a.min.js', 'text/javascript; charset=utf-8'],
		['a.woff2', 'font/woff2'],
		['a.svg', 'image/svg+xml'],
		['a.constructor', 'application/octet-stream'],
		['LICENSE', 'application/octet-stream'],
	] as const) {
		test(file, () => assert.equal(mimeTypeOf(file), type));
	}
});
