import type { JsonValue } from '../base/jsonEdits';
import { type RoleTemplate, workerElement } from './roleTemplate';

export function javascriptWorker(name: string): RoleTemplate {
	const manifest = packageOf(name, { main: 'worker.js', scripts: { start: 'node worker.js' } });
	return {
		files: [
			{ path: 'worker.js', text: workerText(name) },
			{ path: 'package.json', text: manifest },
		],
		role: workerElement(name, 'node worker.js'),
	};
}

/** The text of a `package.json`. */
export function packageOf(name: string, more: Readonly<Record<string, JsonValue>>): string {
	// Package names are lower case, and of fewer characters than names of roles.
	const lower = name.toLowerCase().replace(/[^a-z0-9._-]+/g, '-');
	const packageName = lower.replace(/^[._-]+|[._-]+$/g, '') || 'role';
	return `${JSON.stringify({ name: packageName, version: '1.0.0', private: true, ...more }, undefined, 2)}\n`;
}

function workerText(name: string): string {
	return `'use strict';

const { setTimeout: delay } = require('node:timers/promises');

const stopping = new AbortController();

/** The instance is Busy until this is done; false ends it. */
async function onStart() {
  console.log(${quoted(`${name} is starting`)});
  return true;
}

/** The work of the role. When this ends, the instance is recycled. */
async function run() {
  console.log(${quoted(`${name} is running`)});
  while (!stopping.signal.aborted) {
    console.log('Working');
    await delay(1000, undefined, { signal: stopping.signal }).catch(() => {});
  }
}

/** Five minutes are left when this is called. */
async function onStop() {
  console.log(${quoted(`${name} is stopping`)});
  stopping.abort();
}

module.exports = { onStart, run, onStop };

// Started by itself (\`node worker.js\`, as the definition says), the module plays its own host.
if (require.main === module) {
  process.once('SIGINT', onStop);
  process.once('SIGTERM', onStop);
  onStart().then(started => (started ? run() : process.exit(1)));
}
`;
}

/** The names of roles hold no quotes, line breaks or backslashes (`roleName.ts`). */
export function quoted(text: string): string {
	return `'${text}'`;
}
