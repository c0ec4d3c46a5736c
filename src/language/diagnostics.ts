import type { Problem } from '../base/problem';
import type { RuleProblem } from '../model/problems';
import { isTransform } from '../model/readConfiguration';
import { checkService } from '../model/rules';
import type { Service } from '../model/service';
import { validateSchema } from '../schema/validation';
import type { ParsedFile } from './documents';
import { silence } from './ignore';

/**
 * Everything that is wrong in one file, in its order: syntax, schema, and the rules between the files of its service.
 * A transform of a configuration is only asked to be well-formed (cscfg.md 7.1).
 */
export function diagnose(file: ParsedFile, service: Service): readonly Problem[] {
	const { document } = file;
	if (isTransform(document)) {
		return document.problems;
	}
	const problems: readonly Problem[] = [
		...document.problems,
		...validateSchema(document, file.format),
		...(rulesOf(service).get(file.path) ?? []),
	];
	return [...silence(document, problems)].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

const checked = new WeakMap<Service, ReadonlyMap<string, readonly RuleProblem[]>>();

/** The rules look at a service as a whole, so its files share one look. */
function rulesOf(service: Service): ReadonlyMap<string, readonly RuleProblem[]> {
	const known = checked.get(service);
	const found = known ?? checkService(service);
	checked.set(service, found);
	return found;
}
