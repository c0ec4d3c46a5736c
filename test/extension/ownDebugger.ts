import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { executables } from '../../src/debug/dotnetDebuggers';
import type { Parts } from '../../src/extension/main';

const log = process.env.ROLEWRIGHT_TEST_DEBUGGER_LOG ?? '';

export function rolewright(): vscode.Extension<Parts> {
	return vscode.extensions.getExtension<Parts>('rolewright.rolewright') ?? assert.fail('the extension is not there');
}

/** The tests' own .NET debugger (test/support/debugAdapter.mjs). */
export function ownDebugger(): string {
	return path.join(rolewright().extensionPath, 'test', 'support', 'debugAdapter.mjs');
}

/** The search path without the folders in which a debugger of this machine may be. */
export function withoutDebuggers(searchPath: string): string {
	const has = (folder: string): boolean => executables.some(name => existsSync(path.join(folder, name)));
	return searchPath
		.split(path.delimiter)
		.filter(folder => !has(folder))
		.join(path.delimiter);
}

export async function useDebugger(file: string | undefined): Promise<void> {
	const settings = vscode.workspace.getConfiguration('rolewright');
	await settings.update('dotnetDebugger', file, vscode.ConfigurationTarget.Global);
}

/** What it was asked, and what it found. */
export function debuggerLog(): unknown[] {
	const text = existsSync(log) ? readFileSync(log, 'utf8') : '';
	return text
		.split('\n')
		.filter(Boolean)
		.map(line => JSON.parse(line));
}

export function forgetDebuggerLog(): void {
	rmSync(log, { force: true });
}
