import cscfg from '../../schemas/cscfg.schema.json';
import csdef from '../../schemas/csdef.schema.json';
import type { SchemaFile } from './schemaFile';

/** The two kinds of file: a service definition and a service configuration. */
export type Format = 'csdef' | 'cscfg';

/** The format of a file by its extension; `undefined` for any other file. */
export function formatOf(path: string): Format | undefined {
	const extension = /\.(csdef|cscfg)$/i.exec(path)?.[1]?.toLowerCase();
	return extension === 'csdef' || extension === 'cscfg' ? extension : undefined;
}

export function schemaFileOf(format: Format): SchemaFile {
	return format === 'csdef' ? csdef : cscfg;
}

/** The namespace that every element of a format belongs to (csdef.md, cscfg.md). */
export function namespaceOfFormat(format: Format): string {
	return schemaFileOf(format).targetNamespace;
}
