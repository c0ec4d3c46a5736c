import type { Offer, OutputStream } from './journal/journal';

/** Runs the startup tasks of an instance (role-lifecycle.md 3). */
export interface TaskHost {
	start(task: TaskLife, heard: (message: FromTask) => void): { kill(): void };
}

export interface TaskLife {
	readonly instance: string;
	readonly role: string;
	readonly index: number;
	readonly commandLine: string;
	readonly folder: string;
	readonly variables: Readonly<Record<string, string>>;
}

export type FromTask =
	| { readonly type: 'started'; readonly pid: number }
	| { readonly type: 'output'; readonly stream: OutputStream; readonly text: string }
	| { readonly type: 'note'; readonly text: string }
	/** `text` says what to do where the task could not run at all, `offer` what a person may choose then. */
	| {
			readonly type: 'exited';
			readonly exitCode?: number;
			readonly signal?: string;
			readonly text?: string;
			readonly offer?: Offer;
	  };
