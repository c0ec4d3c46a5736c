import assert from 'node:assert/strict';
import {
	lsofHolder,
	lsofListeners,
	netstatHolder,
	netstatListeners,
	procTable,
	tasklistName,
} from '../../src/node/network/listeners';

suite('where processes listen', () => {
	const shown = (places: readonly { readonly address: string; readonly port: number }[]) =>
		places.map(({ address, port }) => `${address} ${port}`);

	test('as Linux tells it', () => {
		const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 12345 1 0 100 0 0 10 0
   1: 0104407F:0050 0100007F:D431 01 00000000:00000000 00:00000000 00000000     0        0 12346 1 0 100 0 0 10 0
   2: 00000000000000000000000000000000:2710 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 12347 1 0
   3: 00000000000000000000000001000000:2711 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 12348 1 0
   4: 0000000000000000FFFF00000100007F:2712 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 12349 1 0
`;
		assert.deepEqual(
			procTable(table).map(({ address, port, listens, socket }) => `${address} ${port} ${listens} ${socket}`),
			[
				'127.0.0.1 8080 true 12345',
				'127.64.4.1 80 false 12346',
				':: 10000 true 12347',
				'::1 10001 true 12348',
				'127.0.0.1 10002 true 12349',
			],
		);
	});

	test('as lsof tells it', () => {
		const text = 'p123\nf20\nn127.0.0.1:8080\nf21\nn*:80\np124\nf4\nn[::1]:9000\n';
		assert.deepEqual(shown(lsofListeners(text)), ['127.0.0.1 8080', '0.0.0.0 80', '::1 9000']);
	});

	test('as netstat tells it, in any language', () => {
		const text = `
Aktive Verbindungen

  Proto  Lokale Adresse         Remoteadresse          Status           PID
  TCP    0.0.0.0:8080           0.0.0.0:0              ABHÖREN         4711
  TCP    127.0.0.1:9000         127.0.0.1:52000        HERGESTELLT     4711
  TCP    127.0.0.1:9001         0.0.0.0:0              ABHÖREN         12
  TCP    [::]:9002              [::]:0                 ABHÖREN         4711
`;
		assert.deepEqual(shown(netstatListeners(text, 4711)), ['0.0.0.0 8080', ':: 9002']);
		assert.deepEqual(
			[9001, 9000, 1].map(port => netstatHolder(text, port)),
			[12, undefined, undefined],
		);
	});

	test('who holds a port, by its name', () => {
		assert.deepEqual(lsofHolder('p4711\ncnode dev\nf22\np4712\ncother\n'), { pid: 4711, name: 'node dev' });
		assert.equal(lsofHolder(''), undefined);
		assert.equal(tasklistName('\r\n"My Tool.exe","4711","Console","1","50.120 K"\r\n'), 'My Tool.exe');
		assert.equal(tasklistName('INFORMATION: Es werden keine Aufgaben ausgeführt.\r\n'), undefined);
	});
});
