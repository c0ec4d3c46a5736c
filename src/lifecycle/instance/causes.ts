import { exitText } from '../exitCodes';
import type { Cause, RoleError } from '../journal/journal';
import type { ExitOf, InstanceEvent } from './instance';

/** The links of the chain from what happened first to a restart, in words for people. */

export function exceptionCause(where: string, error: RoleError, event: InstanceEvent): Cause {
	return link(`unhandled exception in ${where}`, `${error.type}: ${error.message}`, event, error);
}

export function exitCause(what: string, event: InstanceEvent & ExitOf): Cause {
	return link(`${what} ended`, exitText(event), event);
}

export function commandCause(event: InstanceEvent & { readonly why: string }): Cause {
	return link('command', event.why, event);
}

export function link(what: string, detail: string, event: InstanceEvent, error?: RoleError): Cause {
	return {
		what,
		detail,
		...(error?.file !== undefined && { file: error.file }),
		...(error?.line !== undefined && { line: error.line }),
		...(event.n !== undefined && { n: event.n }),
	};
}
