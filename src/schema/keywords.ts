import { _, Ajv2020, type KeywordCxt, Name, nil, type Options } from 'ajv/dist/2020';
import { checks } from './checks';

/** An ajv that knows our keywords, and compiles our own schemas without checking or polishing them. */
export function schemaCompiler(code: Options['code'] = {}): Ajv2020 {
	const ajv = new Ajv2020({
		allErrors: true,
		verbose: true,
		unicode: false,
		strictTypes: false,
		logger: false,
		meta: false,
		validateSchema: false,
		code: { optimize: false, ...code },
	});
	ajv.addVocabulary(['targetNamespace', 'since', 'enumDescriptions', 'patternDescription', 'valueSeverity']);
	ajv.addVocabulary(['documentedSequence', 'documentedNames']);
	add(ajv, 'lexical', 'string');
	add(ajv, 'sequence', 'object');
	add(ajv, 'choice', 'object');
	add(ajv, 'requiredSince', 'object');
	add(ajv, 'allowedSince', ['string', 'array']);
	return ajv;
}

/** What ajv calls the whole document in the code that it makes. */
const rootData = new Name('rootData');

type JsonType = 'string' | 'object' | 'array';

/** The validator calls the check of the keyword; what that answers becomes the parameters of the error. */
function add(ajv: Ajv2020, keyword: keyof typeof checks, type: JsonType | JsonType[]): void {
	ajv.addKeyword({
		keyword,
		type,
		code: (context: KeywordCxt) => {
			const { gen, it, data, schemaValue } = context;
			const check = gen.scopeValue('func', {
				ref: checks[keyword],
				code: _`require("./checks").checks.${new Name(keyword)}`,
			});
			const parentSchema = _`${it.topSchemaRef}${it.schemaPath}`;
			const found = gen.const('found', _`${check}(${schemaValue}, ${data}, ${parentSchema}, ${rootData})`);
			context.setParams({ found });
			context.fail(found);
		},
		error: {
			message: 'is not right',
			params: ({ params }) => _`${params.found ?? nil}`,
		},
	});
}
