import * as vscode from 'vscode';
import type { Problem } from '../../base/problem';
import { matrixOf } from '../../compare/matrix';
import { diagnose } from '../../language/diagnostics';
import { roleForm } from '../../language/roleForm';
import type { Service } from '../../model/service';
import type { ToRole } from '../../views/role/protocol';
import type { ProjectRules } from '../workspace/projectRules';
import type { ServiceIndex } from '../workspace/serviceIndex';
import { shownForm, type Target } from './roleModel';
import { roleModelWords } from './roleWords';
import { sideBySide } from './sideBySide';

/** A role of the texts as they are now, however often its name is edited in them. */
export class RoleSource {
	private meant: ReadonlyMap<string, Target> = new Map();
	/** Its place among the roles of the definition, by which it is found again when its name is edited in the text. */
	private place = -1;
	private roles = 0;

	constructor(
		readonly definition: string,
		private name: string,
		private readonly index: ServiceIndex,
		private readonly rules: ProjectRules,
	) {}

	/** Its name as it is now. */
	get role(): string {
		return this.name;
	}

	/** What an id of the form that was made last stands for. */
	target(id: string): Target | undefined {
		return this.meant.get(id);
	}

	/** What the page is to show now. */
	formNow(locks: ReadonlyMap<string, string>): ToRole {
		this.followName();
		const service = this.service();
		const path = this.definition;
		const file = this.index.at(path)?.file;
		const form = file && roleForm(file, service, this.name);
		if (!form) {
			this.meant = new Map();
			const text = vscode.l10n.t(
				'The definition has no role {0} any more. This form is about it again when it has.',
				this.name,
			);
			return { type: 'gone', text };
		}
		const problems = new Map(
			[path, ...service.configurations.map(each => each.path)].map(each => [each, this.problemsOf(each)]),
		);
		const configured = new Map(
			service.configurations.flatMap(each => {
				const role = each.roles.find(({ name }) => name?.text === this.name);
				return role ? [[each.path, role.element] as const] : [];
			}),
		);
		const parts = { form, matrix: matrixOf(service), problems, configured, locks, definition: path };
		const shown = shownForm(parts, roleModelWords(form.kind));
		this.meant = shown.targets;
		return { type: 'form', form: shown.form };
	}

	service(): Service {
		return sideBySide(this.index.modelOf(this.definition));
	}

	/** While the name is typed in the text, the role of the same place is meant. */
	private followName(): void {
		const names = this.service().definition?.roles.map(({ name }) => name?.text ?? '') ?? [];
		const place = names.indexOf(this.name);
		const same = names.length === this.roles ? names[this.place] : undefined;
		if (place < 0 && same) {
			this.name = same;
			return;
		}
		this.place = place < 0 ? this.place : place;
		this.roles = place < 0 ? this.roles : names.length;
	}

	private problemsOf(path: string): readonly Problem[] {
		const found = this.index.at(path);
		return found ? diagnose(found.file, found.service, this.rules.of(found)) : [];
	}
}
