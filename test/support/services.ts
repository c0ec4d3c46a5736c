import assert from 'node:assert/strict';
import { type ParsedFile, parseFile, serviceOf } from '../../src/language/documents';
import type { Service } from '../../src/model/service';

/** The texts of a service by their names: `definition`, and each configuration by its own (`Local`). */
export type Texts = Readonly<Record<string, string>>;

export interface TestService {
	readonly service: Service;
	readonly files: Readonly<Record<string, ParsedFile>>;
	file(name: string): ParsedFile;
	/** The short name of a path. */
	nameOf(path: string): string;
}

const namespace = 'http://schemas.microsoft.com/ServiceHosting/2008/10';

/** Text that begins with an element other than the root is put into a root, so that tests show only what they are about. */
export function serviceFrom(texts: Texts): TestService {
	const files: Record<string, ParsedFile> = {};
	for (const [name, body] of Object.entries(texts)) {
		files[name] =
			name === 'definition'
				? parseFile('/s/ServiceDefinition.csdef', 'csdef', definitionText(body))
				: parseFile(`/s/ServiceConfiguration.${name}.cscfg`, 'cscfg', configurationText(body));
	}
	return {
		service: serviceOf(Object.values(files)),
		files,
		file: name => files[name] ?? assert.fail(`no file '${name}'`),
		nameOf: path => Object.keys(files).find(name => files[name]?.path === path) ?? assert.fail(`no file ${path}`),
	};
}

export function definitionText(body: string): string {
	return body.includes('<ServiceDefinition')
		? body
		: `<ServiceDefinition name="Shop" xmlns="${namespace}/ServiceDefinition">${body}</ServiceDefinition>`;
}

export function configurationText(body: string): string {
	return body.includes('<ServiceConfiguration')
		? body
		: `<ServiceConfiguration serviceName="Shop" osFamily="7" xmlns="${namespace}/ServiceConfiguration">${body}</ServiceConfiguration>`;
}
