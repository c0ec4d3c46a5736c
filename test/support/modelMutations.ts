import { parse } from '../../src/xml/parser';
import type { XmlAttribute, XmlElement } from '../../src/xml/syntax';

/** Something done to a model that leaves it well-formed: names, order, counts, values, places. */
export function mutate(text: string, next: () => number): string {
	const { root } = parse(text);
	const elements = root ? allIn(root) : [];
	const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(next() * list.length)];
	const element = pick(elements);
	if (!element) {
		return text;
	}
	const attribute = pick(element.attributes);
	const other = pick(elements);
	const put = (start: number, end: number, by: string) => text.slice(0, start) + by + text.slice(end);
	const whole = (each: XmlElement) => text.slice(each.start, each.end);
	switch (Math.floor(next() * 16)) {
		case 0:
		case 1:
		case 2:
			return attribute?.rawValue
				? put(attribute.rawValue.start, attribute.rawValue.end, valueFor(attribute, pick))
				: text;
		case 3:
			return attribute ? put(attribute.name.start, attribute.name.end, changedName(attribute.written, next)) : text;
		case 4:
			return attribute ? put(attribute.start, attribute.end, '') : text;
		case 5: {
			const end = element.name?.end ?? element.start;
			return put(
				end,
				end,
				` ${pick(['extra="1"', 'Name="x"', 'value=""', 'xml:lang="en"', 'xmlns:q="urn:q"', 'priority="1"'])}`,
			);
		}
		case 6:
			return renamed(text, element, changedName(element.written, next));
		case 7:
			return renamed(text, element, other?.written ?? '');
		case 8:
			return put(element.start, element.end, '');
		case 9:
			return put(element.end, element.end, whole(element));
		case 10:
			return other ? put(element.end, element.end, whole(other)) : text;
		case 11: {
			const siblings = element.parent?.children ?? [];
			const swapped = pick(siblings);
			return swapped ? exchanged(text, element, swapped) : text;
		}
		case 12:
			return other && !isInside(element, other) && !isInside(other, element) ? exchanged(text, element, other) : text;
		case 13:
			return element.selfClosing
				? put(
						element.end - 2,
						element.end,
						`>${pick(['', ' ', '\n', 'text', '<!-- c -->', '<?p?>', '<Setting name="a" />'])}</${element.written}>`,
					)
				: put(
						element.openTag.end,
						element.openTag.end,
						pick(['text', ' ', '<!-- c -->', '&#65;', '<![CDATA[x]]>']) ?? '',
					);
		case 14:
			return element.parent && element.children[0] ? put(element.start, element.end, whole(element.children[0])) : text;
		default:
			return put(element.openTag.end, element.closeTag?.start ?? element.openTag.end, '');
	}
}

const values = [
	'',
	' ',
	'0',
	'1',
	'-1',
	'+80',
	'080',
	' 80 ',
	'80',
	'65535',
	'65536',
	'70000',
	'99999999999',
	'4',
	'5',
	'10',
	'11',
	'1.5',
	'*',
	' * ',
	'true',
	'false',
	'True',
	' true ',
	'http',
	'https',
	'tcp',
	'udp',
	'any',
	'HTTP',
	' http',
	'sha1',
	'SHA1',
	'sha256',
	'elevated',
	'limited',
	'simple',
	'background',
	'private',
	'public',
	'permit',
	'Permit',
	'LocalMachine',
	'localmachine',
	'My',
	'AnyRule',
	'name',
	'my name',
	'name.',
	'name ',
	'1name',
	'_a',
	'a/b',
	'a:b',
	'a*b',
	'a;b',
	'a@b',
	'ä',
	'aä',
	'x'.repeat(256),
	'x'.repeat(257),
	'10.0.0.4',
	'10.0.0.256',
	'10.0.0',
	'AB CD',
	'ABCDEFG',
	'?',
	'2012-05.1.7',
	'2014-06.2.4',
	'2015-04.2.6',
	'unspecified',
	'2018-05.1.7',
	'vm-name',
	'-vm',
	'vmnamethatislong',
	'a&amp;b',
];

function valueFor({ value }: XmlAttribute, pick: <T>(list: readonly T[]) => T | undefined): string {
	return (
		pick([
			pick(values) ?? '',
			pick(values) ?? '',
			`${value.replace(/[&<"']/g, '')}x`,
			value.replace(/[&<"']/g, '').slice(1),
		]) ?? ''
	);
}

function changedName(name: string, next: () => number): string {
	switch (Math.floor(next() * 4)) {
		case 0:
			return name.toLowerCase();
		case 1:
			return `${name}s`;
		case 2:
			return name.length > 1 ? name.slice(0, -1) : `${name}x`;
		default:
			return name.charAt(0) === name.charAt(0).toUpperCase()
				? name.charAt(0).toLowerCase() + name.slice(1)
				: name.charAt(0).toUpperCase() + name.slice(1);
	}
}

function renamed(text: string, { name, closeName }: XmlElement, by: string): string {
	if (!name || by === '') {
		return text;
	}
	const opened = text.slice(0, name.start) + by + text.slice(name.end, closeName?.start);
	return closeName ? opened + by + text.slice(closeName.end) : opened;
}

function exchanged(text: string, one: XmlElement, two: XmlElement): string {
	const [first, second] = one.start <= two.start ? [one, two] : [two, one];
	if (first === second) {
		return text;
	}
	const between = text.slice(first.end, second.start);
	return (
		text.slice(0, first.start) +
		text.slice(second.start, second.end) +
		between +
		text.slice(first.start, first.end) +
		text.slice(second.end)
	);
}

function isInside(inner: XmlElement, outer: XmlElement): boolean {
	return outer.start <= inner.start && inner.end <= outer.end;
}

function allIn(element: XmlElement): readonly XmlElement[] {
	return [element, ...element.children.flatMap(allIn)];
}
