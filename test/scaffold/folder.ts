import assert from 'node:assert/strict';
import { applyEdits } from '../../src/base/span';
import { diagnose } from '../../src/language/diagnostics';
import { Documents } from '../../src/language/documents';
import type { Service } from '../../src/model/service';
import type { Plan } from '../../src/scaffold/plan';
import type { FoundCode, Surroundings } from '../../src/scaffold/surroundings';

/** A folder in memory with one service: applies plans and answers with its problems. */
export class Folder {
	readonly files = new Map<string, string>();
	/** What the plans have said, in order. */
	readonly notes: string[] = [];

	constructor(readonly path = '/w/Shop') {}

	with(files: Readonly<Record<string, string>>): this {
		for (const [name, text] of Object.entries(files)) {
			this.files.set(`${this.path}/${name}`, text);
		}
		return this;
	}

	apply(plan: Plan): this {
		for (const { path, text } of plan.files) {
			assert.ok(!this.files.has(path), `${path} would be overwritten`);
			this.files.set(path, text);
		}
		for (const { path, edits } of plan.edits) {
			this.files.set(path, applyEdits(this.text(path), edits));
		}
		this.notes.push(...(plan.notes ?? []));
		return this;
	}

	text(path: string): string {
		return this.files.get(path) ?? assert.fail(`no file ${path}`);
	}

	/** A file by its name in the folder. */
	named(name: string): string {
		return this.text(`${this.path}/${name}`);
	}

	names(): readonly string[] {
		return [...this.files.keys()].map(path => path.replace(`${this.path}/`, ''));
	}

	/** Errors and warnings; what depends on the platform, and a count that the author chose, are no mistakes of a scaffold. */
	problems(severities: readonly string[] = ['error', 'warning']): readonly string[] {
		const documents = this.documents();
		return [...this.files.keys()].flatMap(path => {
			const file = documents.file(path);
			const found = file ? diagnose(file, documents.serviceOf(path)) : [];
			const wrong = found.filter(({ severity }) => severities.includes(severity));
			return wrong.map(({ message }) => `${path.replace(`${this.path}/`, '')}: ${message}`);
		});
	}

	service(): Service {
		return this.documents().serviceOf(`${this.path}/ServiceDefinition.csdef`);
	}

	surroundings(editorFolder?: string): Surroundings {
		return {
			text: path => this.files.get(path),
			isFolder: folder => [...this.files.keys()].some(path => path.startsWith(`${folder}/`)),
			cloudProjects: [...this.files.keys()].filter(path => path.endsWith('.ccproj')),
			codeOf: role => this.codeOf(role),
			...(editorFolder !== undefined && { editorFolder }),
		};
	}

	private codeOf(role: string): FoundCode | undefined {
		const folder = `${this.path}/${role}`;
		const inside = [...this.files.keys()].filter(path => path.startsWith(`${folder}/`));
		const project = inside.find(path => /\.(cs|fs|vb)proj$/.test(path));
		return inside.length === 0 ? undefined : { folder, ...(project !== undefined && { project }) };
	}

	private documents(): Documents {
		const documents = new Documents();
		for (const [path, text] of this.files) {
			documents.set(path, text);
		}
		return documents;
	}
}
