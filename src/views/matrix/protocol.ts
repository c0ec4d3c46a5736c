import type { Column, Row, RowSubject } from '../../compare/matrix';
import type { Words } from '../protocol';

/** A configuration as the page shows it. */
export interface ShownColumn extends Column {
	/** Why it can be looked at and not changed, in a sentence. */
	readonly locked?: string;
}

export type ToMatrix =
	| {
			readonly type: 'matrix';
			readonly title: string;
			readonly columns: readonly ShownColumn[];
			/** What is secret is masked in here. */
			readonly rows: readonly Row[];
			/** How the page begins, where nobody has chosen otherwise. */
			readonly onlyDifferences: boolean;
	  }
	/** The one secret that was asked for. */
	| { readonly type: 'secret'; readonly subject: RowSubject; readonly path: string; readonly value: string }
	| { readonly type: 'said'; readonly text: string };

export type FromMatrix =
	| { readonly type: 'set'; readonly subject: RowSubject; readonly path: string; readonly value: string }
	| { readonly type: 'add'; readonly subject: RowSubject; readonly paths: readonly string[] }
	| {
			readonly type: 'copy';
			readonly subject: RowSubject;
			readonly from: string;
			readonly to: readonly string[];
	  }
	| { readonly type: 'reveal'; readonly subject: RowSubject; readonly path: string }
	| { readonly type: 'open'; readonly path: string; readonly subject?: RowSubject }
	| { readonly type: 'undo' }
	| { readonly type: 'compareTexts' };

export interface MatrixWords extends Words {
	readonly grid: string;
	readonly gridHelp: string;
	readonly view: string;
	readonly filter: string;
	readonly onlyDifferences: string;
	readonly compareTexts: string;
	readonly undo: string;
	readonly rowsOf: string;
	readonly tooMany: string;
	readonly nothing: string;
	readonly noConfigurations: string;
	readonly entry: string;
	readonly state: string;
	readonly service: string;
	readonly 'kind:osFamily': string;
	readonly 'kind:osVersion': string;
	readonly 'kind:instances': string;
	readonly 'kind:setting': string;
	readonly 'kind:certificate': string;
	readonly 'mark:equal': string;
	readonly 'mark:different': string;
	readonly 'mark:missing': string;
	readonly undeclared: string;
	readonly missing: string;
	readonly notGiven: string;
	readonly empty: string;
	readonly emulatorOnly: string;
	readonly hidden: string;
	readonly locked: string;
	readonly edit: string;
	readonly editing: string;
	readonly newSecret: string;
	readonly show: string;
	readonly hide: string;
	readonly add: string;
	readonly addEverywhere: string;
	readonly copyTo: string;
	readonly copyToAll: string;
	readonly openText: string;
	readonly noCell: string;
	readonly cellActions: string;
	readonly changed: string;
	readonly manyChanged: string;
}

export interface MatrixView {
	readonly filter: string;
	readonly onlyDifferences: boolean;
	/** The cell that the keys were at. */
	readonly cell: string;
}
