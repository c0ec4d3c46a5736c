import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { request as secureRequest } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { connect as connectSecurely } from 'node:tls';
import type { RoleEnvironment } from '../../src/lifecycle/roleEnvironment';
import type {
	FromSites,
	RunningSites,
	SecureEndpoint,
	SiteApplication,
	SiteKind,
	SitePlan,
} from '../../src/lifecycle/siteHost';
import { Ports } from '../../src/node/network/ports';
import { findProgram } from '../../src/node/processes/programs';
import type { CertificateFile, CertificateOf } from '../../src/node/sites/endpointCertificate';
import { selfSigned } from '../../src/node/sites/selfSigned';
import { siteHost } from '../../src/node/sites/siteHost';
import { FakeClock } from '../support/fakeWorld';
import { pfx } from './certificates';
import { isRunning } from './runningProcesses';

interface Answer {
	readonly status: number;
	readonly text: string;
	readonly headers: IncomingHttpHeaders;
}

/** Says who it is and what it was asked. */
const echo = `require('http').createServer((request, response) => {
	if (request.url === '/die') process.exit(7);
	let body = '';
	request.on('data', part => { body += part; }).on('end', () => {
		if (request.url === '/slow') {
			console.log('asked');
			setTimeout(() => response.end('slow'), 100);
		}
		else response.end(['node', process.env.WHO, request.method, request.url, request.headers['x-forwarded-for'], body].join(' '));
	});
}).on('upgrade', (request, socket) => {
	socket.write('HTTP/1.1 101 Switching Protocols\\r\\nUpgrade: echo\\r\\nConnection: Upgrade\\r\\n\\r\\n');
	socket.pipe(socket);
}).listen(process.env.PORT);`;

const environment: RoleEnvironment = {
	deploymentId: 'd1',
	emulated: true,
	instanceId: 'Web_IN_0',
	roleName: 'Web',
	faultDomain: 0,
	updateDomain: 0,
	settings: { Greeting: 'hello' },
	localResources: [],
	roles: [],
};

suite('the sites of a web role', () => {
	let root: string;
	let ports: Ports;
	let clock: FakeClock;
	let running: RunningSites | undefined;
	let heard: FromSites[];
	let told: () => void;
	let port: number;

	setup(() => {
		root = mkdtempSync(path.join(tmpdir(), 'rolewright-sites-'));
		ports = new Ports(root);
		clock = new FakeClock();
		heard = [];
		told = () => {};
	});
	teardown(async () => {
		running?.kill();
		await running?.ended;
		running = undefined;
		rmSync(root, { recursive: true, force: true });
	});

	function write(files: Readonly<Record<string, string>>): void {
		for (const [file, content] of Object.entries(files)) {
			const place = path.join(root, file);
			mkdirSync(path.dirname(place), { recursive: true });
			writeFileSync(place, content);
		}
	}

	const application = (serves: SiteKind, more: Partial<SiteApplication> = {}): SiteApplication => {
		return { path: '/', folder: path.join(root, 'site'), serves, directories: [], ...more };
	};
	const site = (...applications: readonly SiteApplication[]): SitePlan => {
		return { name: 'Web', bindings: [{ endpoint: 'Http' }], applications };
	};

	async function serve(...sites: readonly SitePlan[]): Promise<void> {
		await serveAt({}, ...sites);
	}

	async function serveAt(
		{ secure = [], certificateOf }: { secure?: readonly SecureEndpoint[]; certificateOf?: CertificateOf },
		...sites: readonly SitePlan[]
	): Promise<void> {
		const place = await ports.claim({ instance: 'Web_IN_0', endpoint: 'Http', protocol: 'http' });
		port = place.port;
		address = place.address;
		const life = {
			instance: 'Web_IN_0',
			sites,
			role: 'Web',
			places: { Http: place },
			secure,
			root,
			environment,
			variables: { WHO: 'Web_IN_0' },
		};
		const options = {
			clock,
			ports,
			certificateFolder: path.join(root, 'certificates'),
			...(certificateOf && { certificateOf }),
		};
		running = siteHost(options).start(life, message => {
			heard.push(message);
			told();
		});
		running.open();
	}
	let address: string;

	function ask(url: string, options: { host?: string; method?: string; body?: string; headers?: object } = {}) {
		const { host = 'localhost', method = 'GET', body, headers } = options;
		return new Promise<Answer>((resolve, reject) => {
			const asked = request(
				{ host: address, port, path: url, method, headers: { Host: host, ...headers }, agent: false },
				answer => {
					text(answer).then(
						said => resolve({ status: answer.statusCode ?? 0, text: said, headers: answer.headers }),
						reject,
					);
				},
			);
			asked.once('error', reject);
			asked.end(body);
		});
	}
	const textOf = async (url: string, options?: Parameters<typeof ask>[1]): Promise<string> =>
		(await ask(url, options)).text;

	/** Resolves when so many messages of this type were heard. */
	async function until(type: FromSites['type'], count = 1): Promise<void> {
		while (heard.filter(message => message.type === type).length < count) {
			await new Promise<void>(resolve => {
				told = resolve;
			});
		}
	}
	const sentences = () => heard.flatMap(message => (message.type === 'error' ? [message.text] : []));

	suite('in Node', () => {
		test('it finds its role environment, and what changes in it', async () => {
			const client = `const net = require('net'), fs = require('fs');
				const read = (place, heard) => net.connect(place).setEncoding('utf8').on('data', heard).on('error', () => {});
				read(process.env.WaRuntimeEndpoint, document => {
					const goals = /path="([^"]+)"/.exec(document)[1];
					read(goals, goal => {
						const [, file] = /<RoleEnvironmentPath>([^<]+)</.exec(goal);
						console.log('setting ' + /name="Greeting" value="([^"]*)"/.exec(fs.readFileSync(file, 'utf8'))[1]);
					});
				});
				${echo}`;
			write({ 'site/server.js': client });
			await serve(site(application({ kind: 'node', script: 'server.js' })));
			await until('output');
			const changed = { ...environment, settings: { Greeting: 'good day' } };
			running?.change({ type: 'changed', changes: [], environment: changed });
			await until('output', 2);
			assert.deepEqual(
				heard.flatMap(message => (message.type === 'output' ? [message.text] : [])),
				['setting hello', 'setting good day'],
			);
		});

		test('says that it is busy, and hears of the stop before it ends', async () => {
			const client = `const net = require('net');
				const read = (place, heard) => net.connect(place).setEncoding('utf8').on('data', heard).on('error', () => {});
				const say = text => net.connect(process.env.ROLEWRIGHT_STATUS).end(text);
				say('Busy');
				read(process.env.WaRuntimeEndpoint, document => read(/path="([^"]+)"/.exec(document)[1], goal => {
					const [, incarnation, state] = /<Incarnation>(\\d+)<.*<ExpectedState>(\\w+)</s.exec(goal);
					console.log(state);
					if (state === 'Stopped') {
						setTimeout(() => say('<CurrentState><StatusLease ClientId="c"><Acquire><Incarnation>' + incarnation + '</Incarnation><Status>Stopped</Status><StatusDetail/><Expiration>9999-12-31T23:59:59</Expiration></Acquire></StatusLease></CurrentState>'), 10);
					}
				}));
				process.on('SIGTERM', () => { console.log('asked to end'); process.exit(0); });
				${echo}`;
			write({ 'site/server.js': client });
			await serve(site(application({ kind: 'node', script: 'server.js' })));
			await until('status');
			await until('output');
			await running?.drain(true);
			assert.deepEqual(
				heard.flatMap(message => (message.type === 'output' ? [message.text] : [])),
				['Started', 'Stopped', 'asked to end'],
			);
			assert.deepEqual(
				heard.flatMap(message => (message.type === 'status' ? [message.status] : [])),
				['Busy', 'Ready'],
			);
		});

		test('on the port of PORT, asked with everything that came', async () => {
			write({ 'site/server.js': echo });
			await serve(site(application({ kind: 'node', script: 'server.js', variables: { WHO: 'me' } })));
			assert.equal(
				await textOf('/a%20b?c=d', { method: 'POST', body: 'hello' }),
				'node me POST /a%20b?c=d 127.0.0.1 hello',
			);
			await until('started');
			assert.deepEqual(
				heard.map(message => (message.type === 'started' ? message.text : message.type)),
				['Web: node server.js'],
			);
		});

		test('a process that dies is started again, and the fifth death in five minutes is the last', async () => {
			write({ 'site/server.js': echo });
			await serve(site(application({ kind: 'node', script: 'server.js' })));
			for (let death = 1; death <= 4; death++) {
				assert.equal((await ask('/die')).status, 502);
				await until('ended', death);
				assert.match(await textOf('/'), /^node Web_IN_0 GET \//);
			}
			clock.set(clock.now() + 5 * 60_000);
			for (let death = 5; death <= 9; death++) {
				await ask('/die');
				await until('ended', death);
			}
			const gone = await ask('/');
			assert.equal(gone.status, 503);
			assert.match(gone.text, /ended 5 times in 5 minutes/);
			assert.deepEqual(sentences(), [
				"The site 'Web' is not served any more. Its process has ended 5 times in 5 minutes, so it is not started again (rapid-fail protection of IIS): correct it, and recycle the instance.",
			]);
		});

		test('what it writes is heard', async () => {
			write({ 'site/server.js': `console.log('up'); console.error('oh'); ${echo}` });
			await serve(site(application({ kind: 'node', script: 'server.js' })));
			await until('output', 2);
			assert.deepEqual(
				heard.flatMap(message => (message.type === 'output' ? [`${message.stream} ${message.text}`] : [])).sort(),
				['stderr oh', 'stdout up'],
			);
		});

		test('a connection that becomes something else is handed over', async () => {
			write({ 'site/server.js': echo });
			await serve(site(application({ kind: 'node', script: 'server.js' })));
			const socket = connect(port, address);
			socket.write('GET /socket HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n');
			const [head] = await once(socket, 'data');
			assert.match(String(head), /^HTTP\/1\.1 101 /);
			socket.write('ping');
			assert.equal(String((await once(socket, 'data'))[0]), 'ping');
			socket.destroy();
		});

		test('drained, it answers what was asked, takes nothing new, and its process has ended', async () => {
			write({ 'site/server.js': echo });
			await serve(site(application({ kind: 'node', script: 'server.js' })));
			const slow = textOf('/slow');
			await until('output');
			const drained = running?.drain(true);
			assert.equal(await slow, 'slow');
			await drained;
			await assert.rejects(ask('/'), { code: 'ECONNREFUSED' });
			const pids = heard.flatMap(message => (message.type === 'started' ? [message.pid] : []));
			assert.deepEqual(pids.filter(isRunning), []);
		});
	});

	test('drained, it answers once more on a connection that its client has kept, and says that it was the last time', async () => {
		write({ 'site/index.html': 'here' });
		await serve(site(application({ kind: 'static' })));
		const client = connect(port, address);
		const answers = client.setEncoding('utf8');
		const answer = async (): Promise<string> => {
			client.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
			const [said] = await once(answers, 'data');
			return /^connection: (.*)$/im.exec(String(said))?.[1] ?? '';
		};
		assert.equal(await answer(), 'keep-alive');
		const drained = running?.drain(true);
		assert.equal(await answer(), 'close');
		await drained;
		await assert.rejects(ask('/'), { code: 'ECONNREFUSED' });
	});

	test('nothing is answered before the role is Ready', async () => {
		write({ 'site/index.html': 'here' });
		const place = await ports.claim({ instance: 'Web_IN_0', endpoint: 'Http', protocol: 'http' });
		({ port, address } = place);
		const sites = [site(application({ kind: 'static' }))];
		const places = { Http: place };
		const life = { instance: 'Web_IN_0', role: 'Web', sites, places, secure: [], root, environment, variables: {} };
		running = siteHost({ clock, ports, certificateFolder: root }).start(life, () => {});
		let answered = false;
		const answer = ask('/').then(({ text: said }) => {
			answered = true;
			return said;
		});
		const socket = connect(port, address);
		await once(socket, 'connect');
		socket.destroy();
		assert.equal(answered, false);
		running.open();
		assert.equal(await answer, 'here');
	});

	suite('over https', () => {
		const secure = [{ name: 'Http', certificate: 'Ssl', thumbprint: '0'.repeat(40) }];
		const shops = (): readonly SitePlan[] => {
			write({
				'site/index.html': 'home',
				'admin/index.html': 'administration',
				'shop/server.js': `require('http').createServer((q, r) => r.end(q.url + ' ' + q.headers['x-forwarded-proto'])).on('upgrade', (_, socket) => {
					socket.end('HTTP/1.1 101 Switching Protocols\\r\\nUpgrade: echo\\r\\nConnection: Upgrade\\r\\n\\r\\nup');
				}).listen(process.env.PORT);`,
			});
			const shop = application(
				{ kind: 'node', script: 'server.js' },
				{ path: '/shop', folder: path.join(root, 'shop') },
			);
			const admin = application({ kind: 'static' }, { folder: path.join(root, 'admin') });
			return [
				site(application({ kind: 'static' }), shop),
				{ name: 'Admin', bindings: [{ endpoint: 'Http', hostHeader: 'admin.example' }], applications: [admin] },
			];
		};
		const notes = () => heard.flatMap(message => (message.type === 'note' ? [message.text] : []));

		/** Trusts nothing but what is given, and insists on the name. */
		function askSecurely(url: string, servername: string, ca: string | Buffer, headers: object = {}): Promise<string> {
			return new Promise((resolve, reject) => {
				const options = { host: address, port, path: url, servername, ca, agent: false } as const;
				const asked = secureRequest({ ...options, headers: { Host: servername, ...headers } }, answer => {
					text(answer).then(resolve, reject);
				});
				asked.on('upgrade', (_, socket, head) => resolve(`${head} upgraded`) ?? socket.destroy());
				asked.once('error', reject);
				asked.end();
			});
		}

		test('with a certificate of this machine where none is named: for localhost and for every host header', async () => {
			await serveAt({ secure }, ...shops());
			const file = /\(([^)]+\.pem)\)/.exec(notes().join())?.[1] ?? '';
			const made = readFileSync(file);
			assert.equal(await askSecurely('/', 'localhost', made), 'home');
			assert.equal(await askSecurely('/', 'admin.example', made), 'administration');
			assert.equal(await askSecurely('/shop/a', 'localhost', made), '/shop/a https');
			const upgrade = { Connection: 'Upgrade', Upgrade: 'echo' };
			assert.match(await askSecurely('/shop/', 'localhost', made, upgrade), /upgraded$/);
			await assert.rejects(askSecurely('/', 'other.example', made), { code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
			await assert.rejects(ask('/'), 'plain http is no answer');
			assert.equal(statSync(file).mode & 0o077, 0, 'only this user reads its key');
			running?.kill();
			await running?.ended;
			await serveAt({ secure }, ...shops());
			assert.deepEqual(readFileSync(file), made, 'whoever has trusted it need not do so again');
			assert.match(
				notes()[0] ?? '',
				/^The endpoint 'Http' speaks TLS with a certificate that was made for this machine .*browsers warn/,
			);
		});

		const choices: readonly (readonly [name: string, file: CertificateFile])[] = [
			['a .pfx', { file: 'new.pfx', password: 'secret' }],
			['a PEM file with its key', { file: 'both.pem' }],
			['two PEM files', { file: 'cert.pem', key: 'key.pem' }],
		];
		for (const [name, chosen] of choices) {
			test(`with the certificate that is named: ${name}`, async () => {
				const { cert, key } = selfSigned(['shop.example']);
				write({ 'both.pem': cert + key, 'cert.pem': cert, 'key.pem': key });
				writeFileSync(path.join(root, 'new.pfx'), pfx.aes);
				await serveAt({ secure, certificateOf: () => inRoot(chosen) }, ...shops());
				const seen = await shownCertificate();
				const expected = chosen.file === 'new.pfx' ? 'CN=shop.example' : new X509Certificate(cert).subject;
				assert.deepEqual([seen.subject, notes().filter(text => /TLS/.test(text))], [expected, []]);
			});
		}

		test('a thumbprint that is not that of the configuration is said', async () => {
			const { cert, key } = selfSigned(['shop.example']);
			write({ 'both.pem': cert + key });
			const other = [{ name: 'Http', certificate: 'Ssl', thumbprint: 'AB'.repeat(20) }];
			await serveAt({ secure: other, certificateOf: () => inRoot({ file: 'both.pem' }) }, ...shops());
			const own = new X509Certificate(cert).fingerprint.replaceAll(':', '');
			assert.deepEqual(notes().slice(0, 1), [
				`The file of the certificate 'Ssl' has the thumbprint ${own}, and the configuration says ${'AB'.repeat(20)}: Azure takes the one that the configuration names.`,
			]);
		});

		const mistakes: readonly (readonly [file: CertificateFile, says: RegExp])[] = [
			[{ file: 'nothing.pfx' }, /no such file/],
			[{ file: 'new.pfx' }, /password is missing or wrong/],
			[{ file: 'new.pfx', password: 'guess' }, /password is missing or wrong/],
			[{ file: 'old.pfx', password: 'secret' }, /RC2 or 3DES/],
			[{ file: 'cert.pem' }, /holds no key; name the file of its key as 'key'/],
			[{ file: 'cert.pem', key: 'other.pem' }, /belongs to another certificate/],
			[{ file: 'text.txt' }, /must be a \.pfx, or PEM/],
		];
		for (const [chosen, says] of mistakes) {
			test(`an endpoint whose certificate is no good is not served: ${JSON.stringify(chosen)}`, async () => {
				write({ 'cert.pem': selfSigned([]).cert, 'other.pem': selfSigned([]).key, 'text.txt': 'text' });
				writeFileSync(path.join(root, 'new.pfx'), pfx.aes);
				writeFileSync(path.join(root, 'old.pfx'), pfx.rc2);
				await serveAt({ secure, certificateOf: () => inRoot(chosen) }, ...shops());
				assert.match(sentences().join(), says);
				assert.match(sentences().join(), /^The endpoint 'Http' is not served\. The certificate '/);
				await assert.rejects(ask('/'), { code: 'ECONNREFUSED' });
			});
		}

		const inRoot = ({ file, key, ...more }: CertificateFile): CertificateFile => ({
			...more,
			file: path.join(root, file),
			...(key !== undefined && { key: path.join(root, key) }),
		});

		async function shownCertificate(): Promise<{ readonly subject: string }> {
			const socket = connectSecurely({ host: address, port, rejectUnauthorized: false });
			await once(socket, 'secureConnect');
			const shown = socket.getPeerX509Certificate();
			socket.destroy();
			return { subject: shown?.subject ?? '' };
		}
	});

	suite('of files', () => {
		setup(async () => {
			write({
				'site/index.html': '<h1>home</h1>',
				'site/Styles/site.css': 'body {}',
				'site/empty.txt': '',
				'site/web.config': 'secret',
				'site/bin/Site.dll': 'code',
				'site/list/a.txt': 'a',
				'secret.txt': 'secret',
			});
			symlinkSync(path.join(root, 'secret.txt'), path.join(root, 'site', 'link.txt'));
			symlinkSync(path.join(root, 'site', 'web.config'), path.join(root, 'site', 'inner.txt'));
			await serve(site(application({ kind: 'static' })));
		});

		test('with their types, validators and default documents', async () => {
			const home = await ask('/');
			assert.deepEqual(
				[home.status, home.text, home.headers['content-type']],
				[200, '<h1>home</h1>', 'text/html; charset=utf-8'],
			);
			const again = await ask('/', { headers: { 'If-None-Match': home.headers.etag } });
			assert.deepEqual([again.status, again.text], [304, '']);
			const since = await ask('/', { headers: { 'If-Modified-Since': home.headers['last-modified'] } });
			assert.equal(since.status, 304);
			assert.equal((await ask('/styles/SITE.css')).text, 'body {}');
			assert.deepEqual([(await ask('/empty.txt')).status, await textOf('/empty.txt')], [200, '']);
		});

		test('in parts', async () => {
			const part = (range: string) => ask('/', { headers: { Range: range } });
			const middle = await part('bytes=4-7');
			assert.deepEqual([middle.status, middle.text, middle.headers['content-range']], [206, 'home', 'bytes 4-7/13']);
			assert.equal((await part('bytes=-5')).text, '</h1>');
			assert.equal((await part('bytes=99-')).status, 416);
		});

		const table: readonly (readonly [method: string, url: string, status: number])[] = [
			['HEAD', '/', 200],
			['POST', '/', 405],
			['GET', '/nothing.txt', 404],
			['GET', '/list', 301],
			['GET', '/list/', 403],
			['GET', '/web.config', 404],
			['GET', '/inner.txt', 404],
			['GET', '/WEB.CONFIG', 404],
			['GET', '/bin/Site.dll', 404],
			['GET', '/../secret.txt', 404],
			['GET', '/%2e%2e/secret.txt', 404],
			['GET', '/..%2fsecret.txt', 404],
			['GET', '/..%5csecret.txt', 404],
			['GET', '/list/..%2f..%2fsecret.txt', 404],
			['GET', '/link.txt', 404],
			['GET', '/a%00.txt', 404],
			['GET', '/%zz', 404],
		];
		for (const [method, url, status] of table) {
			test(`${method} ${url}: ${status}`, async () => {
				const answer = await ask(url, { method });
				assert.equal(answer.status, status);
				assert.doesNotMatch(answer.text, /secret/);
			});
		}

		test('a redirect stays on this host', async () => {
			write({ 'site/evil.example/a.txt': '' });
			assert.equal((await ask('//evil.example')).headers.location, '/evil.example/');
		});
	});

	test('host headers, virtual applications and virtual directories', async () => {
		write({
			'site/index.html': 'home',
			'admin/index.html': 'admin',
			'shop/server.js': echo,
			'pictures/a.txt': 'picture',
		});
		const at = (folder: string) => ({ folder: path.join(root, folder) });
		await serve(
			site(
				application({ kind: 'static' }, { directories: [{ path: '/pictures', ...at('pictures') }] }),
				application({ kind: 'node', script: 'server.js' }, { path: '/shop', ...at('shop') }),
			),
			{
				name: 'Admin',
				bindings: [{ endpoint: 'Http', hostHeader: 'admin.example' }],
				applications: [application({ kind: 'static' }, at('admin'))],
			},
		);
		assert.deepEqual(
			[
				await textOf('/'),
				await textOf('/pictures/a.txt'),
				(await textOf('/shop/cart')).slice(0, 28),
				await textOf('/', { host: 'admin.example:80' }),
				(await ask('/shop/cart', { host: 'admin.example' })).status,
			],
			['home', 'picture', 'node Web_IN_0 GET /shop/cart', 'admin', 404],
		);
	});

	test('a host that no binding names', async () => {
		write({ 'site/index.html': 'home' });
		await serve({
			...site(application({ kind: 'static' })),
			bindings: [{ endpoint: 'Http', hostHeader: 'a.example' }],
		});
		assert.deepEqual([(await ask('/')).status, await textOf('/', { host: 'A.example' })], [400, 'home']);
	});

	test('in PHP, also below a path', async function () {
		if (findProgram('php') === undefined) {
			this.skip();
		}
		write({ 'site/index.php': '<?php echo "php ", getenv("WHO"), " ", $_SERVER["REQUEST_URI"];' });
		await serve(site(application({ kind: 'php' }), application({ kind: 'php' }, { path: '/again' })));
		assert.deepEqual([await textOf('/'), await textOf('/again/x?y')], ['php Web_IN_0 /', 'php Web_IN_0 /x?y']);
		running?.kill();
		await running?.ended;
		assert.deepEqual(
			heard.flatMap(message => (message.type === 'output' && !/\[200\]: GET/.test(message.text) ? [message.text] : [])),
			[],
			'what its server says of itself is no output',
		);
	});

	test('a program that is not there is said to its visitors and in the journal', async () => {
		const before = process.env.PATH;
		process.env.PATH = '/nowhere';
		try {
			write({ 'site/index.php': '' });
			await serve(site(application({ kind: 'php' })));
			const answer = await ask('/');
			assert.deepEqual([answer.status, /PHP was not found/.test(answer.text)], [503, true]);
			assert.deepEqual(sentences(), [
				"The site 'Web' is not served. PHP was not found: install it, and see to it that 'php' is on the path.",
			]);
		} finally {
			process.env.PATH = before;
		}
	});

	test('any command', async () => {
		write({ 'site/any.js': echo });
		await serve(site(application({ kind: 'command', commandLine: 'node any.js' })));
		assert.match(await textOf('/'), /^node Web_IN_0 GET \//);
	});

	test('a command that ends before it answers', async () => {
		write({});
		mkdirSync(path.join(root, 'site'));
		await serve(site(application({ kind: 'command', commandLine: 'node -e "process.exit(3)"' })));
		await until('error');
		assert.match(sentences()[0] ?? '', /^The site 'Web' is not served any more\. Its process has ended 5 times/);
		assert.equal((await ask('/')).status, 503);
	});

	test('ASP.NET on .NET Framework needs Windows, and that is said', async function () {
		if (process.platform === 'win32') {
			this.skip();
		}
		write({ 'site/Default.aspx': '' });
		await serve(site(application({ kind: 'aspnet' })));
		await until('note');
		const expected =
			"The site 'Web' is not served. It is ASP.NET on .NET Framework, which needs IIS and so Windows: it is not served on this system. The role's entry point runs.";
		assert.deepEqual(heard, [{ type: 'note', text: expected }]);
		assert.equal((await ask('/')).status, 503);
	});
});
