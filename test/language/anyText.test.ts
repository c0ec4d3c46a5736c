import { acceptEverywhere } from '../support/acceptance';
import { tryEverything } from '../support/everyFeature';
import { fixtureService } from '../support/followService';
import { mutate } from '../support/modelMutations';
import { smallService } from '../support/smallTexts';
import { anyChange, keystroke, random } from '../support/textChanges';

suite('any text', () => {
	test('no feature fails, and none proposes edits of what it is not about', function () {
		this.timeout(20_000);
		const next = random(9);
		const texts = fixtureService();
		for (let changes = 0; changes < 2; changes++) {
			const path = [...texts.keys()][Math.floor(next() * texts.size)] ?? '';
			const change = next() < 0.3 ? mutate : next() < 0.5 ? keystroke : anyChange;
			texts.set(path, change(texts.get(path) ?? '', next));
			tryEverything(texts, next);
		}
		for (let count = 0; count < 25; count++) {
			tryEverything(smallService(next), next);
		}
	});

	test('a proposal that is accepted makes no error', function () {
		this.timeout(20_000);
		acceptEverywhere(fixtureService(), 12, random(10));
	});
});
