import assert from 'node:assert/strict';
import { applyEdits, type FileEdits } from '../../src/base/span';
import { diagnose } from '../../src/language/diagnostics';
import { type ParsedFile, parseFile, serviceOf } from '../../src/language/documents';
import { format } from '../../src/language/format';
import { organise } from '../../src/language/organise';
import { fixesFor } from '../../src/language/quickFix';
import { rename } from '../../src/language/rename';
import type { Service } from '../../src/model/service';
import type { XmlNode } from '../../src/xml/syntax';

const namespace = 'http://schemas.microsoft.com/ServiceHosting/2008/10';
const definition = `<?xml version="1.0" encoding="utf-8"?>
<ServiceDefinition name="Shop" xmlns="${namespace}/ServiceDefinition">
  <!-- the only role -->
  <NetworkTrafficRules />
  <WorkerRole name="Back" vmsize="Standard_D2_v3">
    <ConfigurationSettings>
      <Setting name="Color" /> <!-- of the wall -->
      <Setting name="Size" />
    </ConfigurationSettings>
    <Runtime>
      <EntryPoint>
        <ProgramEntryPoint commandLine="a &amp; b &gt; c.txt" setReadyOnProcessStart="true" />
      </EntryPoint>
      <Environment>
        <Variable name="X" value="&#233;&quot;" />
      </Environment>
    </Runtime>
  </WorkerRole>
</ServiceDefinition>
`;
const configuration = `<?xml version="1.0" encoding="utf-8"?>
<ServiceConfiguration serviceName="Shop" osFamily="7" xmlns="${namespace}/ServiceConfiguration">
  <Role name="Back">
    <Instances count="2" />
    <!-- values -->
    <ConfigurationSettings>
      <Setting name="Color" value="red &amp; blue" />
    </ConfigurationSettings>
  </Role>
</ServiceConfiguration>
`;

/** A way to write the same model, and what has to hold of every text that comes out of it. */
interface Manner {
	readonly write: (text: string) => string;
	readonly holds: (before: string, after: string) => void;
}

const count = (text: string, what: RegExp) => text.match(what)?.length ?? 0;
const manners: Readonly<Record<string, Manner>> = {
	'plain text': { write: text => text, holds: (_, after) => assert.doesNotMatch(after, /\r/) },
	'a byte order mark': {
		write: text => `\uFEFF${text}`,
		holds: (_, after) => assert.equal(after.lastIndexOf('\uFEFF'), 0),
	},
	'UTF-16, as it is decoded': {
		write: text => `\uFEFF${text.replace('utf-8', 'utf-16').replace('the only role', 'die einzige 𝄞 Röle')}`,
		holds: (before, after) => {
			assert.equal(after.lastIndexOf('\uFEFF'), 0);
			assert.equal(count(after, /utf-16|𝄞/g), count(before, /utf-16|𝄞/g));
		},
	},
	'Windows line ends': {
		write: text => text.replaceAll('\n', '\r\n'),
		holds: (_, after) => assert.doesNotMatch(after, /[^\r]\n|\r(?!\n)/),
	},
	'old line ends': {
		write: text => text.replaceAll('\n', '\r'),
		holds: (_, after) => assert.doesNotMatch(after, /\n/),
	},
	tabs: {
		write: text => text.replace(/^ +/gm, blanks => '\t'.repeat(blanks.length / 2)),
		holds: (_, after) => assert.doesNotMatch(after, /^\t* +\S/m),
	},
	apostrophes: {
		write: text => text.replace(/="([^"']*)"/g, "='$1'"),
		holds: (_, after) => assert.equal(count(after.replace(/<\?xml.*?\?>/, ''), /="/g), 0),
	},
	'a prefix': {
		write: text => text.replace(/<(\/?)(?=[A-Z])/g, '<$1s:').replace('xmlns=', 'xmlns:s='),
		holds: (_, after) => assert.doesNotMatch(after, /<\/?(?!s:)[A-Z]/),
	},
	'character data': {
		write: text => text.replace('<Instances count="2" />', '<Instances count="2" /><![CDATA[ <kept> ]]>'),
		holds: (before, after) =>
			assert.equal(count(after, /<!\[CDATA\[ <kept> \]\]>/g), count(before, /<!\[CDATA\[ <kept> \]\]>/g)),
	},
	'names with references': {
		write: text => text.replaceAll('name="Color"', 'name="Col&#111;r"'),
		holds: (before, after) => assert.ok(count(after, /&#111;/g) === count(before, /&#111;/g) || /Renamed/.test(after)),
	},
};

interface Read {
	readonly files: readonly ParsedFile[];
	readonly service: Service;
}

const operations: Readonly<Record<string, (read: Read) => readonly FileEdits[]>> = {
	'rename a role': ({ files, service }) => renamed(files, service, 'Back'),
	'rename a setting': ({ files, service }) => renamed(files, service, 'Col'),
	'add a missing setting': ({ files, service }) =>
		files.flatMap(file =>
			diagnose(file, service)
				.filter(({ code }) => code === 'missingSetting')
				.flatMap(problem => fixesFor(file, service, problem)[0]?.edits ?? []),
		),
	organise: ({ files }) => files.map(file => ({ path: file.path, edits: organise(file) })),
	format: ({ files }) =>
		files.map(file => ({
			path: file.path,
			edits: format(file.document, file.document.text.includes('\t') ? '\t' : '  '),
		})),
};

function renamed(files: readonly ParsedFile[], service: Service, name: string): readonly FileEdits[] {
	const [first] = files;
	assert.ok(first);
	const quote = new RegExp(`name=["']${name}`).exec(first.document.text);
	const edits = rename(first, service, (quote?.index ?? 0) + 'name="'.length, 'Renamed');
	assert.ok(!('refused' in edits), 'refused' in edits ? edits.refused : '');
	return edits;
}

/** Comments, character data and values that hold references, as they are written. */
function treasures(file: ParsedFile): readonly string[] {
	const { text } = file.document;
	const visit = (node: XmlNode): readonly string[] => {
		if (node.kind !== 'element') {
			return node.kind === 'text' && node.blank ? [] : [text.slice(node.start, node.end)];
		}
		const values = node.attributes.flatMap(({ written, rawValue }) =>
			rawValue?.text.includes('&') && written !== 'name' ? [rawValue.text] : [],
		);
		return [...values, ...node.content.flatMap(visit)];
	};
	return file.document.content.flatMap(visit).sort();
}

suite('what is changed in a text keeps the rest as its author writes', () => {
	for (const [how, { write, holds }] of Object.entries(manners)) {
		for (const [what, operate] of Object.entries(operations)) {
			test(`${what}: ${how}`, () => {
				const files = [
					parseFile('/s/ServiceDefinition.csdef', 'csdef', write(definition)),
					parseFile('/s/ServiceConfiguration.Cloud.cscfg', 'cscfg', write(configuration)),
				];
				const changes = operate({ files, service: serviceOf(files) });
				assert.ok(what === 'format' || changes.some(({ edits }) => edits.length > 0), 'nothing was changed');
				for (const file of files) {
					const { text } = file.document;
					const edits = changes.filter(({ path }) => path === file.path).flatMap(each => each.edits);
					const after = parseFile(file.path, file.format, applyEdits(text, edits));
					holds(text, after.document.text);
					assert.deepEqual(treasures(after), treasures(file));
					assert.deepEqual(
						after.document.problems.map(({ code }) => code),
						file.document.problems.map(({ code }) => code),
					);
				}
			});
		}
	}
});
