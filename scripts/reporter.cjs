// Mocha's `spec`, which also writes how many tests passed, failed and were skipped. Skipped tests are named again at the
// end: what did not run must not be overlooked.
const { writeFileSync } = require('node:fs');
const Mocha = require('mocha').default;

module.exports = class extends Mocha.reporters.Spec {
	constructor(runner, options) {
		super(runner, options);
		const skipped = [];
		runner.on('pending', test => skipped.push(test.fullTitle()));
		runner.once('end', () => {
			const { passes: passed, failures: failed } = this.stats;
			if (skipped.length > 0) {
				console.log(['Did not run:', ...skipped].join('\n  '));
			}
			const file = process.env.ROLEWRIGHT_TEST_RESULTS;
			if (file) {
				writeFileSync(file, JSON.stringify({ passed, failed, skipped: skipped.length }));
			}
		});
	}
};
