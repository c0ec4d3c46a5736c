'use strict';

const { readFile } = require('node:fs/promises');
const http = require('node:http');
const net = require('node:net');
const path = require('node:path');

let server;

/** The instance is Busy until this is done; false would refuse to start. */
async function onStart(role) {
  const page = await readFile(path.join(role.localResource('Pages').path, 'greeting.txt'), 'utf8');
  const { address, port } = role.endpoints.Web;

  server = http.createServer((request, response) => {
    nextNumber(role).then(
      number => response.end(fill(page, { greeting: role.settings.Greeting, number, instance: role.instance.id })),
      error => {
        console.error(`The ledger does not answer: ${error.message}`);
        response.writeHead(503).end('The ledger is closed. Come back in a moment.\n');
      },
    );
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(port, address, resolve));
  console.log(`${role.instance.id} greets at http://${address}:${port}/`);

  role.on('changed', ({ changes }) => {
    if (changes.some(change => change.kind === 'setting' && change.name === 'Greeting')) {
      console.log(`From now on the greeting is "${role.settings.Greeting}"`);
    }
  });
  return true;
}

/** The work of the role is done by the server: this waits until it is closed. When it ends, the instance is recycled. */
async function run() {
  await new Promise(resolve => server.once('close', resolve));
}

/** Five minutes are left when this is called. */
async function onStop() {
  console.log('Saying goodbye');
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
}

/** Asks an instance of the other role, which it finds by its internal endpoint. */
function nextNumber(role) {
  const { instances } = role.roles.Ledger;
  const ledger = instances[Math.floor(Math.random() * instances.length)];
  if (!ledger) {
    return Promise.reject(new Error('no instance of Ledger is running'));
  }
  const { address, port } = ledger.endpoints.Counting;
  return new Promise((resolve, reject) => {
    let text = '';
    net
      .connect(port, address)
      .setEncoding('utf8')
      .on('data', part => (text += part))
      .on('end', () => resolve(text.trim()))
      .on('error', reject);
  });
}

function fill(page, values) {
  return page.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
}

module.exports = { onStart, run, onStop };
