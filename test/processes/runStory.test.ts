import assert from 'node:assert/strict';
import path from 'node:path';
import { bundleCommandLine, call } from './commandLine';

suite('The story on the command line', () => {
	test('scripts/story.mjs tells it to its end', async function () {
		this.timeout(200_000);
		const product = await bundleCommandLine();
		try {
			const story = call(path.resolve(__dirname, '../../scripts/story.mjs'), [product.cli], { limit: 190_000 });
			assert.equal(await story.ended, 0, story.output.stdout + story.output.stderr);
			assert.match(story.output.stdout, /^The story is told\.$/m);
		} finally {
			product.remove();
		}
	});
});
