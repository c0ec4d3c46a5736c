/** Text as text of XML or of an attribute; characters that XML cannot hold are left out. */
export function markup(text: string): string {
	return text
		.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;');
}

/** Text as a label of Mermaid, whose own signs would end it. */
export function mermaidText(text: string): string {
	return text
		.replace(/[\r\n]+/g, ' ')
		.replace(/["#;:,{}[\]()<>|`%]/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();
}

/** As Markdown, which is where diagrams of Mermaid are shown. */
export function mermaidBlock(diagram: string): string {
	return `\`\`\`mermaid\n${diagram}\`\`\`\n`;
}
