import Module from 'node:module';

/**
 * The few parts of the editor's API that a tree is made of, for tests and measurements outside VS Code. Whoever imports
 * this file before a module of `src/extension` gives it this editor.
 */
class EventEmitter<T> {
	private readonly listeners = new Set<(event: T) => void>();
	readonly event = (listener: (event: T) => void) => {
		this.listeners.add(listener);
		return { dispose: () => this.listeners.delete(listener) };
	};
	fire(event: T): void {
		for (const listener of [...this.listeners]) {
			listener(event);
		}
	}
	dispose(): void {
		this.listeners.clear();
	}
}

class TreeItem {
	constructor(
		readonly label: string,
		public collapsibleState = 0,
	) {}
}

class MarkdownString {
	value = '';
	appendMarkdown(text: string): this {
		this.value += text;
		return this;
	}
	/** VS Code escapes it; here it stays as a person reads it. */
	appendText(text: string): this {
		this.value += text;
		return this;
	}
}

class ThemeColor {
	constructor(readonly id: string) {}
}

class ThemeIcon {
	constructor(
		readonly id: string,
		readonly color?: ThemeColor,
	) {}
}

class Disposable {
	static from(...parts: readonly { dispose(): unknown }[]): Disposable {
		return new Disposable(() => {
			for (const part of parts) {
				part.dispose();
			}
		});
	}
	constructor(readonly dispose: () => unknown) {}
}

const l10n = {
	t: (text: string, ...values: readonly unknown[]) =>
		text.replace(/\{(\d+)\}/g, (_, index) => String(values[Number(index)])),
};

export const editor = {
	...{ EventEmitter, TreeItem, MarkdownString, ThemeColor, ThemeIcon, Disposable, l10n },
	env: { language: 'en' },
	TreeItemCollapsibleState: { None: 0, Collapsed: 1, Expanded: 2 },
};

const load: (request: string, ...rest: readonly unknown[]) => unknown = Reflect.get(Module, '_load');
Reflect.set(Module, '_load', (request: string, ...rest: readonly unknown[]) =>
	request === 'vscode' ? editor : load(request, ...rest),
);
