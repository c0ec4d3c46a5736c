/** Attributes by their names in HTML; `undefined` and `false` leave one out, `true` gives it without a value. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

type Child = Node | string;

/** An element with its attributes and children; text is text, never markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
	name: K,
	attributes: Attributes = {},
	...children: readonly Child[]
): HTMLElementTagNameMap[K] {
	const made = document.createElement(name);
	setAttributes(made, attributes);
	made.append(...children);
	return made;
}

export function svgElement<K extends keyof SVGElementTagNameMap>(
	name: K,
	attributes: Attributes = {},
	...children: readonly Child[]
): SVGElementTagNameMap[K] {
	const made = document.createElementNS('http://www.w3.org/2000/svg', name);
	setAttributes(made, attributes);
	made.append(...children);
	return made;
}

export function setAttributes(target: Element, attributes: Attributes): void {
	for (const [name, value] of Object.entries(attributes)) {
		if (value === undefined || value === false) {
			target.removeAttribute(name);
		} else {
			target.setAttribute(name, value === true ? '' : String(value));
		}
	}
}

export function button(text: string, press: () => void, attributes: Attributes = {}): HTMLButtonElement {
	const made = element('button', { type: 'button', ...attributes }, text);
	made.addEventListener('click', press);
	return made;
}

/** A button that is on or off. */
export function toggle(
	text: string,
	pressed: boolean,
	change: (pressed: boolean) => void,
	attributes: Attributes = {},
): HTMLButtonElement {
	const made = button(
		text,
		() => {
			const next = made.getAttribute('aria-pressed') !== 'true';
			made.setAttribute('aria-pressed', String(next));
			change(next);
		},
		{ ...attributes, 'aria-pressed': String(pressed) },
	);
	return made;
}
