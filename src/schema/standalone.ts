import standaloneCode from 'ajv/dist/standalone';
import { type Format, schemaFileOf } from './catalog';
import { schemaCompiler } from './keywords';

const formats: readonly Format[] = ['csdef', 'cscfg'];

/**
 * The source of a module that has what `validators.ts` has, with the validators as plain code. The build puts it in the
 * place of that module; nothing else uses this file.
 */
export function validatorsSource(): string {
	const ajv = schemaCompiler({ source: true });
	for (const format of formats) {
		ajv.addSchema(schemaFileOf(format), format);
	}
	const code = standaloneCode(ajv, Object.fromEntries(formats.map(format => [format, format])));
	return `${formats.reduce(withoutCopies, code)}\nexports.validatorOf = format => exports[format];\n`;
}

/** ajv writes each schema that an error may quote into its code; all of them are parts of one file that is there already. */
function withoutCopies(code: string, format: Format): string {
	const file = schemaFileOf(format);
	const source = `require("../../schemas/${format}.schema.json")`;
	const whole = code.replaceAll(`= ${JSON.stringify(file)};`, `= ${source};`);
	return Object.entries(file.$defs).reduce(
		(rest, [name, schema]) =>
			rest.replaceAll(`= ${JSON.stringify(schema)};`, `= ${source}.$defs[${JSON.stringify(name)}];`),
		whole,
	);
}
