/**
 * How sentences of the core get into a person's language: `vscode.l10n` has this form, and its `t` is always called as
 * `l10n.t('whole sentence with {0}', x)`, so that the tool that gathers the texts finds them here too.
 */
export interface Localization {
	t(message: string, ...args: (string | number)[]): string;
}

/** As they are written: for the command line. */
export const english: Localization = {
	t: (message, ...args) => message.replace(/\{(\d+)\}/g, (mark, index) => String(args[Number(index)] ?? mark)),
};
