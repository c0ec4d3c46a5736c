import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface WrittenService {
	readonly folder: string;
	/** Writes a file of the service, below its folder. */
	write(file: string, text: string): void;
	/** Writes the Local configuration anew. */
	configure(values: { count?: number; greeting?: string }): void;
	remove(): void;
}

const namespace = 'http://schemas.microsoft.com/ServiceHosting/2008/10';

/** A service with one worker role in JavaScript, on disk. `role` takes the place of what stands in the role's element. */
export function writeService({ worker = patient, role = '' }: { worker?: string; role?: string } = {}): WrittenService {
	const folder = mkdtempSync(path.join(tmpdir(), 'rolewright-service-'));
	const write = (file: string, text: string): void => {
		const place = path.join(folder, file);
		mkdirSync(path.dirname(place), { recursive: true });
		writeFileSync(place, text);
	};
	const configure: WrittenService['configure'] = values => {
		write('ServiceConfiguration.Local.cscfg', configurationText(values));
	};
	write('ServiceDefinition.csdef', definitionText(role || program));
	configure({});
	write('Worker/worker.js', worker);
	return { folder, write, configure, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export const program = `<Runtime><EntryPoint><ProgramEntryPoint commandLine="node worker.js" setReadyOnProcessStart="true" /></EntryPoint></Runtime>
    <ConfigurationSettings><Setting name="Greeting" /></ConfigurationSettings>`;

/** Runs until it is told to stop, and says what it is told. */
export const patient = `let stopping;
exports.onStart = role => {
	console.log('greeting ' + role.settings.Greeting);
	role.on('changed', () => console.log('greeting ' + role.settings.Greeting));
	return true;
};
exports.run = () => new Promise(resolve => { stopping = resolve; });
exports.onStop = () => stopping();
`;

export function definitionText(role: string): string {
	return `<?xml version="1.0" encoding="utf-8"?>
<ServiceDefinition name="Small" xmlns="${namespace}/ServiceDefinition" schemaVersion="2015-04.2.6">
  <WorkerRole name="Worker" vmsize="Small">
    ${role}
  </WorkerRole>
</ServiceDefinition>
`;
}

export function configurationText({ count = 1, greeting = 'Hello' }: { count?: number; greeting?: string }): string {
	return `<?xml version="1.0" encoding="utf-8"?>
<ServiceConfiguration serviceName="Small" xmlns="${namespace}/ServiceConfiguration" osFamily="7" osVersion="*" schemaVersion="2015-04.2.6">
  <Role name="Worker">
    <Instances count="${count}" />
    <ConfigurationSettings><Setting name="Greeting" value="${greeting}" /></ConfigurationSettings>
  </Role>
</ServiceConfiguration>
`;
}
