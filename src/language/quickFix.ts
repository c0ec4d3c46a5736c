import type { Problem } from '../base/problem';
import type { Span } from '../base/span';
import { type RuleProblem, ruleCodes } from '../model/problems';
import type { Service } from '../model/service';
import { type SchemaProblem, problems as schemaProblems } from '../schema/problems';
import { problems as syntaxProblems, type XmlProblem } from '../xml/problems';
import { type DiagnoseOptions, diagnose } from './diagnostics';
import type { ParsedFile } from './documents';
import type { Fix } from './fix';
import { ruleFixes } from './ruleFixes';
import { schemaFixes } from './schemaFixes';
import { syntaxFixes } from './syntaxFixes';

/** The ways to mend the problems that meet a span (a cursor, or a selection) of a file. */
export function fixesAt(file: ParsedFile, service: Service, span: Span, options?: DiagnoseOptions): readonly Fix[] {
	return diagnose(file, service, options)
		.filter(problem => problem.span.start <= span.end && span.start <= problem.span.end)
		.flatMap(problem => fixesFor(file, service, problem));
}

/** The ways to mend one problem of a file, as `diagnose` found it; the code decides, never the message. */
export function fixesFor(file: ParsedFile, service: Service, problem: Problem): readonly Fix[] {
	const drafts = isRuleProblem(problem)
		? ruleFixes(file, service, problem)
		: isSchemaProblem(problem)
			? schemaFixes(file, service, problem)
			: isSyntaxProblem(problem)
				? syntaxFixes(file, problem)
				: [];
	return drafts.map(fix => ({ ...fix, problem }));
}

function isRuleProblem(problem: Problem): problem is RuleProblem {
	return problem.layer === 'rule' && ruleCodes.includes(problem.code);
}

function isSchemaProblem(problem: Problem): problem is SchemaProblem {
	return problem.layer === 'schema' && Object.hasOwn(schemaProblems, problem.code);
}

function isSyntaxProblem(problem: Problem): problem is XmlProblem {
	return problem.layer === 'syntax' && Object.hasOwn(syntaxProblems, problem.code);
}
