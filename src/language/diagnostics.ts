import type { Problem } from '../base/problem';
import type { RuleProblem } from '../model/problems';
import { checkService, type RuleOptions } from '../model/rules';
import type { Service } from '../model/service';
import { type Severities, withSeverities } from '../model/severities';
import type { SchemaProblem } from '../schema/problems';
import { validateSchema } from '../schema/validation';
import type { XmlDocument } from '../xml/syntax';
import { isTransform } from '../xml/transform';
import type { ParsedFile } from './documents';
import { silence } from './ignore';

/** What is known of a service besides its files; all of it may be left out. */
export interface DiagnoseOptions extends RuleOptions {
	/** What the project decided about the severity of codes. */
	readonly severity?: Severities | undefined;
}

const noOptions: DiagnoseOptions = {};

/**
 * Everything that is wrong in one file, in its order: syntax, schema, and the rules between the files of its service.
 * A transform of a configuration is only asked to be well-formed (cscfg.md 7.1).
 */
export function diagnose(file: ParsedFile, service: Service, options: DiagnoseOptions = noOptions): readonly Problem[] {
	const { document } = file;
	if (isTransform(document)) {
		return document.problems;
	}
	const problems: readonly Problem[] = [
		...document.problems,
		...schemaProblemsOf(file),
		...(rulesOf(service, options).get(file.path) ?? []),
	];
	const left = withSeverities(silence(document, problems), options.severity ?? {});
	return [...left].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

const judged = new WeakMap<XmlDocument, readonly SchemaProblem[]>();

/** A text has the same schema problems however its neighbours change. */
function schemaProblemsOf({ document, format }: ParsedFile): readonly SchemaProblem[] {
	const found = judged.get(document) ?? validateSchema(document, format);
	judged.set(document, found);
	return found;
}

interface Checked {
	readonly options: RuleOptions;
	readonly found: ReadonlyMap<string, readonly RuleProblem[]>;
}

const checked = new WeakMap<Service, Checked>();

/** The rules look at a service as a whole, so its files share one look. */
function rulesOf(service: Service, options: RuleOptions): ReadonlyMap<string, readonly RuleProblem[]> {
	const known = checked.get(service);
	if (known && sameOptions(known.options, options)) {
		return known.found;
	}
	const found = checkService(service, options);
	checked.set(service, { options, found });
	return found;
}

function sameOptions(a: RuleOptions, b: RuleOptions): boolean {
	return (
		a === b ||
		(a.platform === b.platform &&
			a.hasDeploymentTemplate === b.hasDeploymentTemplate &&
			a.today === b.today &&
			a.nearby === b.nearby)
	);
}
