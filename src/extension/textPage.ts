import * as vscode from 'vscode';
import type { Message, Words } from '../views/protocol';
import { report } from './commands';
import { openPage, type Page } from './webviewPage';

export interface TextPageOptions {
	readonly extension: vscode.Uri;
	readonly name: string;
	readonly title: string;
	readonly subject: unknown;
	readonly words: Words;
	readonly log: vscode.LogOutputChannel;
	readonly closed: () => void;
}

/** A page that is made from texts, follows them and writes into them. */
export abstract class TextPage<To extends Message, From extends Message> {
	protected readonly page: Page<To>;
	private readonly told = new vscode.EventEmitter<To>();
	private readonly heard = new vscode.EventEmitter<From>();
	private readonly log: vscode.LogOutputChannel;
	private drawing = 0;
	/** What the page shows, so that it is not drawn anew for a change that it does not show. */
	private shown = '';

	/** For tests: what the page was told, and what it asked. */
	readonly onDidTell = this.told.event;
	readonly onDidAsk = this.heard.event;

	constructor({ extension, log, closed, ...about }: TextPageOptions, kept: vscode.WebviewPanel | undefined) {
		this.log = log;
		this.page = openPage<To, From>(
			extension,
			{
				...about,
				onLoaded: () => this.drawAnew(),
				onMessage: message => {
					this.heard.fire(message);
					void this.take(message).catch(error => {
						report(error, log);
						// What the page shows is not what the text says.
						this.drawAnew();
					});
				},
				onDidDispose: () => {
					vscode.Disposable.from(this.told, this.heard).dispose();
					closed();
				},
			},
			kept,
		);
	}

	/** Does what the page asks. Throws a `Failure`. */
	abstract take(message: From): Promise<void>;

	/** Looks up what takes time; what is shown is then made from the texts of that moment. */
	protected abstract prepare(): Promise<() => To>;

	reveal(): void {
		this.page.reveal();
	}

	dispose(): void {
		this.page.dispose();
	}

	draw(): void {
		void this.tellAll().catch(error => report(error, this.log));
	}

	protected tell(message: To): void {
		this.page.post(message);
		this.told.fire(message);
	}

	private drawAnew(): void {
		this.shown = '';
		this.draw();
	}

	/** The texts may change while something is looked up; whoever comes later tells it all. */
	private async tellAll(): Promise<void> {
		const mine = ++this.drawing;
		const make = this.page.isLoaded ? await this.prepare() : undefined;
		if (!make || mine !== this.drawing) {
			return;
		}
		const message = make();
		const text = JSON.stringify(message);
		if (text !== this.shown) {
			this.shown = text;
			this.tell(message);
		}
	}
}
