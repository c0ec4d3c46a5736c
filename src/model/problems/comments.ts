import type { Span } from '../../base/span';
import { rule } from './rule';

/** Problems of comments that silence problems (interfaces.md 3). */
export const commentsProblems = {
	ignoreWithoutReason: (span: Span, code: string) =>
		rule('ignoreWithoutReason', 'warning', span, { ignored: code })(
			`This comment silences '${code}' without saying why; write the reason after the colon.`,
		),

	unusedIgnore: (span: Span, code: string) =>
		rule('unusedIgnore', 'warning', span, { ignored: code })(
			/^[\w.-]+$/.test(code)
				? `This comment silences nothing: there is no problem '${code}' in the element below it; remove it.`
				: 'This comment silences nothing: write one code and the reason, rolewright-ignore CODE: reason, and a comment for each code.',
		),
};
