import * as vscode from 'vscode';
import type { EntryKind } from '../../history/entryKinds';
import type { TimelineWords } from '../../views/timeline/protocol';

/** Everything that the page of a timeline says by itself. */
export function timelineWords(): TimelineWords {
	const { l10n } = vscode;
	const kinds = Object.entries(kindWords()).map(([kind, text]) => [`kind:${kind}`, text]);
	return {
		...Object.fromEntries(kinds),
		view: l10n.t('View'),
		chart: l10n.t('Timeline'),
		chartHelp: l10n.t(
			'Left and right arrow go from entry to entry of an instance, up and down to another instance. Plus and minus zoom, 0 shows all, Page Up and Page Down move in time. The table has the same as text.',
		),
		table: l10n.t('Table'),
		filter: l10n.t('Filter'),
		filterText: l10n.t('Filter by words'),
		who: l10n.t('Role or instance'),
		everyone: l10n.t('All instances'),
		wholeRole: l10n.t('All of {0}'),
		deployment: l10n.t('Deployment'),
		kinds: l10n.t('Kinds of entries'),
		zoomIn: l10n.t('Zoom In'),
		zoomOut: l10n.t('Zoom Out'),
		zoomAll: l10n.t('Show All'),
		follow: l10n.t('Follow'),
		export: l10n.t('Export as'),
		exportAs: l10n.t('Export as {0}'),
		copy: l10n.t('Copy as Text'),
		copied: l10n.t('The entries were copied.'),
		running: l10n.t('Running'),
		stopped: l10n.t('Stopped'),
		saved: l10n.t('Saved journal'),
		entries: l10n.t('{0} entries'),
		entriesOf: l10n.t('{0} of {1} entries'),
		nothing: l10n.t('Nothing has happened yet: start the service.'),
		earlier: l10n.t('The first {0} entries are only in the journal file.'),
		openWhole: l10n.t('Open the Whole Journal'),
		details: l10n.t('Details'),
		pick: l10n.t('Choose an entry to see what it says and what was written around it.'),
		why: l10n.t('Why did it restart?'),
		fix: l10n.t('What to do:'),
		output: l10n.t('Output around it'),
		noOutput: l10n.t('The instance wrote nothing around it.'),
		thisEntry: l10n.t('this entry'),
		number: l10n.t('Number'),
		time: l10n.t('Time'),
		instance: l10n.t('Instance'),
		text: l10n.t('What happened'),
	};
}

function kindWords(): Readonly<Record<EntryKind, string>> {
	const { l10n } = vscode;
	return {
		states: l10n.t('States'),
		calls: l10n.t('Calls'),
		processes: l10n.t('Processes'),
		restarts: l10n.t('Restarts'),
		commands: l10n.t('Commands'),
		network: l10n.t('Network'),
		disks: l10n.t('Disks'),
		debugger: l10n.t('Debugger'),
		messages: l10n.t('Messages'),
		output: l10n.t('Output'),
	};
}
