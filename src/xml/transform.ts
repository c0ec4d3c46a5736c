import type { XmlDocument } from './syntax';

const transformNamespace = 'http://schemas.microsoft.com/XML-Document-Transform';

/**
 * True for a file that changes another one while it is published: its root declares the namespace of XML document
 * transforms. Such a file holds fragments, so it is no configuration itself and no schema judges it (cscfg.md 7.1).
 */
export function isTransform({ root }: XmlDocument): boolean {
	return (
		root?.attributes.some(({ written, value }) => written.startsWith('xmlns') && value === transformNamespace) ?? false
	);
}
