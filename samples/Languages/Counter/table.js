'use strict';

// A table of Azure Storage, with nothing but plain HTTP: each request is signed by Shared Key Lite.
const { createHmac } = require('node:crypto');

/** The account that every installation of the storage emulator has, as Microsoft publishes it. */
const emulator = {
	AccountName: 'devstoreaccount1',
	AccountKey: 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==',
	TableEndpoint: 'http://127.0.0.1:10002/devstoreaccount1',
};

/** Opens a table, and makes it where it is not there yet. */
async function openTable(connection, name) {
	const account = accountOf(connection);
	await send(account, 'POST', 'Tables', { TableName: name }, [409]);
	const entity = (partition, row) => `${name}(PartitionKey='${partition}',RowKey='${row}')`;
	return {
		read: (partition, row) => send(account, 'GET', entity(partition, row), undefined, [404]),
		write: (partition, row, values) => send(account, 'PUT', entity(partition, row), values),
	};
}

/** Gives what the answer says; nothing where there is no answer, or one with a status that is no failure here. */
async function send(account, method, resource, body, harmless = []) {
	const url = new URL(`${account.TableEndpoint}/${resource}`);
	const date = new Date().toUTCString();
	const signature = createHmac('sha256', Buffer.from(account.AccountKey, 'base64'))
		.update(`${date}\n/${account.AccountName}${url.pathname}`)
		.digest('base64');
	const response = await fetch(url, {
		method,
		headers: {
			'x-ms-date': date,
			'x-ms-version': '2019-02-02',
			Accept: 'application/json;odata=nometadata',
			Authorization: `SharedKeyLite ${account.AccountName}:${signature}`,
			...(body && { 'Content-Type': 'application/json' }),
		},
		...(body && { body: JSON.stringify(body) }),
	});
	const text = await response.text();
	if (!response.ok && !harmless.includes(response.status)) {
		throw new Error(`${method} ${resource} was answered with ${response.status}`);
	}
	return response.ok && text ? JSON.parse(text) : undefined;
}

function accountOf(connection) {
	const parts = Object.fromEntries(connection.split(';').map(part => part.split(/=(.*)/s).slice(0, 2)));
	if (parts.UseDevelopmentStorage === 'true') {
		return emulator;
	}
	const { DefaultEndpointsProtocol = 'https', EndpointSuffix = 'core.windows.net' } = parts;
	return { TableEndpoint: `${DefaultEndpointsProtocol}://${parts.AccountName}.table.${EndpointSuffix}`, ...parts };
}

module.exports = { openTable };
