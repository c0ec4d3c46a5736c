import { pictureColours } from './looks';
import { markup } from './markup';
import type { Box, BoxLook, Label, Picture, Shape } from './picture';

/** The picture as a file that needs no script, no font and no network, legible on any ground. */
export function topologySvg({ title, width, height, shapes }: Picture): string {
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${markup(title)}" font-family="sans-serif" font-size="12">`,
		`<title>${markup(title)}</title>`,
		'<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="#555"/></marker></defs>',
		`<rect width="${width}" height="${height}" fill="#fff"/>`,
		...shapes.map(shapeSvg),
		'</svg>',
		'',
	].join('\n');
}

function shapeSvg(shape: Shape): string {
	switch (shape.shape) {
		case 'box':
			return boxSvg(shape);
		case 'line':
			return `<path d="${shape.path}" fill="none" stroke="#555"${dash(shape.dashed)} marker-end="url(#arrow)"/>`;
		case 'label':
			return labelSvg(shape);
	}
}

const fills: Readonly<Record<BoxLook, string>> = {
	...pictureColours,
	deployment: '#fff',
	balancer: '#f3f3f3',
	role: '#f8f8f8',
	cell: '#fff',
	endpoint: '#e6eef7',
};

function boxSvg({ x, y, width, height, look, dashed, says }: Box): string {
	const radius = look === 'cell' ? 0 : 4;
	const title = says === undefined ? '' : `<title>${markup(says)}</title>`;
	const stroke = look === 'cell' ? '#ccc' : '#555';
	return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${fills[look]}" stroke="${stroke}"${dash(dashed)}>${title}</rect>`;
}

function labelSvg({ x, y, text, look, anchor }: Label): string {
	const fill = look === 'chip' ? '#fff' : look === 'quiet' ? '#555' : '#222';
	const weight = look === 'title' ? ' font-weight="600"' : '';
	const place = anchor === undefined ? '' : ` text-anchor="${anchor}"`;
	return `<text x="${x}" y="${y}" fill="${fill}"${weight}${place}>${markup(text)}</text>`;
}

function dash(dashed: boolean | undefined): string {
	return dashed ? ' stroke-dasharray="4 3"' : '';
}
