import type { Cause } from '../lifecycle/journal/journal';
import type { Localization } from './words';

/** A rule of the platform that a restart follows; `docs/lifecycle/<name>.md` is the page about it, with its source. */
export interface RestartRule {
	readonly name: RuleName;
	/** The `what` of the causes that it is about. */
	readonly causes: RegExp;
	/** Somebody asked for it, or the platform does it to everybody: nothing is wrong with the role. */
	readonly isAsked: boolean;
	/** What happened, in a few words. */
	readonly short: (l10n: Localization, cause: Cause) => string;
	/** The rule itself, as the middle of a sentence. */
	readonly law: (l10n: Localization, cause: Cause) => string;
	/** What to do about it. */
	readonly fix?: (l10n: Localization) => string;
}

export const ruleNames = [
	...(['runReturned', 'onStartReturnedFalse', 'unhandledException', 'processEnded', 'requestRecycle'] as const),
	...(['changingCancelled', 'startupTaskFailed', 'certificateChanged', 'roleNotStarted', 'hostLost'] as const),
	...(['disksNotPrepared', 'askedFor', 'reboot', 'hostFailure', 'osUpdate', 'newMachine', 'update'] as const),
] as const;

export type RuleName = (typeof ruleNames)[number];

/** Sections 4, 6, 7 and 8 of role-lifecycle.md; the first whose pattern fits counts. */
export const restartRules: readonly RestartRule[] = [
	{
		...{ name: 'runReturned', causes: /^Run returned$/, isAsked: false },
		short: l10n => l10n.t('Run returned'),
		law: l10n => l10n.t("a role's Run must not return while the role is to live"),
		fix: l10n =>
			l10n.t(
				'Let Run go on until OnStop has been called: catch what its work throws inside the loop, and wait before the next try.',
			),
	},
	{
		...{ name: 'onStartReturnedFalse', causes: /^OnStart returned false$/, isAsked: false },
		short: l10n => l10n.t('OnStart returned false'),
		law: l10n => l10n.t('a role whose OnStart returns false is ended at once, without Stopping and OnStop'),
		fix: l10n =>
			l10n.t('Return true from OnStart when the role can work; write why it cannot before it returns false.'),
	},
	{
		...{ name: 'unhandledException', causes: /^unhandled exception in /, isAsked: false },
		short: (l10n, { what }) => l10n.t('{0} threw an exception', what.replace(/^unhandled exception in /, '')),
		law: l10n => l10n.t('an exception that nobody catches ends the process at once'),
		fix: l10n =>
			l10n.t(
				'Catch the exception where the role can go on without what failed; otherwise write what is missing and let it end.',
			),
	},
	{
		...{ name: 'processEnded', causes: /^(the host process|the program) ended$/, isAsked: false },
		short: l10n => l10n.t('The process of the role ended'),
		law: l10n => l10n.t('the end of its process is the end of a role'),
		fix: l10n => l10n.t('Read what the role wrote last. A program that has nothing to do waits; it does not end.'),
	},
	{
		...{ name: 'requestRecycle', causes: /^RequestRecycle$/, isAsked: true },
		short: l10n => l10n.t('The role asked to be recycled'),
		law: l10n =>
			l10n.t('RequestRecycle takes the instance out of the load balancer, stops it in order and starts it again'),
	},
	{
		...{ name: 'changingCancelled', causes: /^Changing cancelled$/, isAsked: true },
		short: l10n => l10n.t('The role cancelled a change'),
		law: l10n => l10n.t('a role that cancels Changing gets the new values by a restart'),
		fix: l10n =>
			l10n.t('Where the role can take the new values as it runs, do not set Cancel and read them in Changed.'),
	},
	{
		...{ name: 'startupTaskFailed', causes: /^startup task \d+ failed$/, isAsked: false },
		short: (l10n, { what }) => l10n.t('Startup task {0} failed', /\d+/.exec(what)?.[0] ?? ''),
		law: l10n => l10n.t('a simple startup task must end with 0 before the role may start'),
		fix: l10n =>
			l10n.t(
				'Let the task end with 0 (a batch file: EXIT /B 0), also when it runs for the second time; a task that may fail can be a background task.',
			),
	},
	{
		...{ name: 'certificateChanged', causes: /^certificate changed$/, isAsked: true },
		short: l10n => l10n.t('A certificate changed'),
		law: l10n => l10n.t('a changed certificate restarts the role without asking it'),
	},
	{
		...{ name: 'roleNotStarted', causes: /^the role could not be started$/, isAsked: false },
		short: l10n => l10n.t('The role could not be started'),
		law: l10n => l10n.t('a role that cannot be loaded is tried again'),
		fix: l10n =>
			l10n.t('Build the role, and check that its definition names the assembly or the program that the build makes.'),
	},
	{
		...{ name: 'hostLost', causes: /^the host was lost$/, isAsked: false },
		short: l10n => l10n.t('The host process was lost'),
		law: l10n => l10n.t('a process that nothing is heard of any more is replaced'),
	},
	{
		...{ name: 'disksNotPrepared', causes: /^the disks could not be prepared$/, isAsked: false },
		short: l10n => l10n.t('The disks could not be prepared'),
		law: l10n => l10n.t('an instance starts on disks that are ready'),
		fix: l10n => l10n.t('Free the files or the space that the message names.'),
	},
	{
		...{ name: 'askedFor', causes: /^command$/, isAsked: true },
		short: (l10n, { detail }) => l10n.t('It was asked for: {0}', detail),
		law: (l10n, { detail }) =>
			detail.startsWith('crash ')
				? l10n.t('a process that is killed ends without Stopping and OnStop, and another one is started')
				: l10n.t('whoever runs a service may recycle its instances at any time'),
	},
	{
		...{ name: 'reboot', causes: /^(hard )?reboot$/, isAsked: true },
		short: (l10n, { detail }) => l10n.t('The machine was rebooted: {0}', detail),
		law: (l10n, { what }) =>
			what === 'hard reboot'
				? l10n.t('a reboot from inside Windows keeps all disks, and OnStop is not called')
				: l10n.t('a reboot keeps the local and the system disk'),
	},
	{
		...{ name: 'hostFailure', causes: /^(host power cycle|service healing)$/, isAsked: true },
		short: (l10n, { detail }) => l10n.t('Its host failed: {0}', detail),
		law: l10n => l10n.t('an instance whose host fails ends without OnStop and is brought back'),
	},
	{
		...{ name: 'osUpdate', causes: /^(host|guest) OS update$/, isAsked: true },
		short: (l10n, { what }) => l10n.t('The operating system was updated: {0}', what),
		law: l10n => l10n.t('updates of the operating system stop one upgrade domain after another'),
	},
	{
		...{ name: 'newMachine', causes: /^(reimage|rebuild|size change)$/, isAsked: true },
		short: (l10n, { what }) => l10n.t('The machine was made anew: {0}', what),
		law: l10n => l10n.t('a machine that is made anew begins with the disks that the event leaves it'),
	},
	{
		...{ name: 'update', causes: /^in-place update$/, isAsked: true },
		short: l10n => l10n.t('The service was updated in place'),
		law: l10n => l10n.t('an update stops, replaces and starts one upgrade domain after another'),
	},
];

/**
 * A failure while something else was under way counts more than what was under way; that the process then ended tells
 * nothing where something is known that led to it.
 */
export function ruleOf(causes: readonly Cause[]): { readonly rule: RestartRule; readonly cause: Cause } | undefined {
	const known = causes.flatMap(cause => {
		const rule = restartRules.find(({ causes: pattern }) => pattern.test(cause.what));
		return rule ? [{ rule, cause }] : [];
	});
	const telling = known.filter(({ rule }) => rule.name !== 'processEnded');
	return telling.find(({ rule }) => !rule.isAsked) ?? telling[0] ?? known[0];
}
