import type { ValidateFunction } from 'ajv/dist/2020';
import { type Format, schemaFileOf } from './catalog';

const validators = new Map<Format, ValidateFunction>();

/**
 * The validator of a format. Here ajv compiles it with the first file that is judged; a bundle has, in place of this
 * module, the same validators compiled when it was built (`standalone.ts`), and neither ajv nor this wait.
 */
export function validatorOf(format: Format): ValidateFunction {
	const known = validators.get(format);
	if (known) {
		return known;
	}
	const { schemaCompiler } = require('./keywords') as typeof import('./keywords');
	const validate = schemaCompiler().compile(schemaFileOf(format));
	validators.set(format, validate);
	return validate;
}
