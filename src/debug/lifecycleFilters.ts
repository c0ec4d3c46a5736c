import type { DebugProtocol } from '@vscode/debugprotocol';
import type { LifecyclePoint, PointKind } from '../lifecycle/lifecyclePoint';
import {
	type Condition,
	conditionDescription,
	meets,
	readCondition,
	type ServiceNames,
	unknownName,
} from './lifecycleCondition';

interface Filter extends DebugProtocol.ExceptionBreakpointsFilter {
	readonly kinds: readonly PointKind[];
}

/** The check boxes that a debugger shows beside "Caught Exceptions": places in the life of every instance. */
const filters: readonly Filter[] = [
	filter(['startupTaskFailed'], 'Startup task failed', 'After a startup task ended with a code other than 0.'),
	filter(['onStart'], 'Before OnStart', 'The process is there and the role is not loaded yet.'),
	filter(['runReturned'], 'Run returned', 'After Run has returned and before the platform ends the instance for it.'),
	filter(
		['unhandledException'],
		'Unhandled exception',
		'After an exception left the code of a role, before what follows.',
	),
	filter(['changing'], 'Before Changing', 'A configuration was submitted and the role is not asked yet.'),
	filter(['changed'], 'Before Changed', 'The role did not cancel, and has not been told of the new values.'),
	filter(['outOfRotation'], 'Out of rotation', 'Before the load balancer leaves the instance out.'),
	filter(['stopping'], 'Before Stopping', 'Before the order that raises Stopping and then calls OnStop.'),
	filter(
		['stopping', 'onStop'],
		'Before OnStop',
		'As Before Stopping, and where OnStop alone is called: one order does both.',
	),
];

/** What `initialize` says of them. */
export const filterCapabilities: DebugProtocol.Capabilities = {
	supportsExceptionFilterOptions: true,
	supportsExceptionInfoRequest: true,
	exceptionBreakpointFilters: filters.map(({ kinds: _, ...shown }) => ({
		...shown,
		supportsCondition: true,
		conditionDescription,
	})),
};

/** The filters that are switched on. */
export interface LifecycleFilters {
	standsAt(point: LifecyclePoint): boolean;
	/**
	 * One for each filter that was asked for; a condition that cannot be read is said there and, where the names of the
	 * service are known, one that names nothing of it.
	 */
	breakpoints(names?: ServiceNames): readonly DebugProtocol.Breakpoint[];
}

export const noFilters: LifecycleFilters = { standsAt: () => false, breakpoints: () => [] };

/** Reads `setExceptionBreakpoints`. A filter whose condition cannot be read stops nowhere. */
export function readFilters(given: DebugProtocol.SetExceptionBreakpointsArguments): LifecycleFilters {
	const asked = [...given.filters.map(filterId => ({ filterId })), ...(given.filterOptions ?? [])];
	const read = asked.map(option => readFilter(option));
	return {
		standsAt: point =>
			read.some(
				({ kinds, condition }) =>
					kinds.includes(point.kind) && typeof condition === 'object' && meets(point, condition),
			),
		breakpoints: names =>
			read.map(({ kinds, condition }) => {
				const message = wrongWith(kinds, condition, names);
				return message === undefined ? { verified: true } : { verified: false, message };
			}),
	};
}

function wrongWith(
	kinds: readonly PointKind[],
	condition: Condition | string,
	names: ServiceNames | undefined,
): string | undefined {
	if (typeof condition === 'string') {
		return condition;
	}
	return kinds.length === 0 ? 'There is no such filter.' : names && unknownName(condition, names);
}

function readFilter({ filterId, condition }: DebugProtocol.ExceptionFilterOptions): {
	readonly kinds: readonly PointKind[];
	readonly condition: Condition | string;
} {
	const kinds = filters.find(({ filter: id }) => id === filterId)?.kinds ?? [];
	return { kinds, condition: readCondition(condition ?? '') };
}

function filter(kinds: readonly PointKind[], label: string, description: string): Filter {
	return { filter: kinds[kinds.length - 1] ?? '', label, description, kinds };
}
