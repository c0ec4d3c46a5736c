import assert from 'node:assert/strict';
import { complete } from '../../src/cli/prompt';

/** The cursor stands at the end of the line; the whole list is compared. */
function completes(line: string, words: readonly string[], replaced: string): void {
	const instances = ['Front_IN_0', 'Front_IN_1', 'Back_IN_0'].map(instance => {
		return { instance, role: instance.replace(/_IN_.*/, '') };
	});
	assert.deepEqual(complete(line, { instances }), [words, replaced]);
}

suite('Completion at the prompt', () => {
	test('of commands', () => {
		completes('re', ['recycle', 'reboot', 'reimage', 'rebuild', 'resume'], 're');
		completes('  HEL', ['help'], 'HEL');
	});
	test('of instances', () => completes('recycle f', ['Front_IN_0', 'Front_IN_1'], 'f'));
	test('of roles, each once', () => completes('scale ', ['Front', 'Back'], ''));
	test('of both, and all', () => {
		completes('wait ', ['Front_IN_0', 'Front_IN_1', 'Back_IN_0', 'Front', 'Back', 'all'], '');
	});
	test('of states', () => completes('wait all r', ['Ready', 'Recycling'], 'r'));
	test('of nothing where there is nothing to offer', () => {
		completes('status ', [], '');
		completes('recycle Front_IN_0 ', [], '');
		completes('set Front Setting ', [], '');
	});
});
