/**
 * An error at an edge (disk, process, protocol, arguments) whose message may be shown as it stands: one sentence that
 * says what to do. Everything else that is thrown is a bug and is logged with its stack.
 */
export class Failure extends Error {
	override readonly name = 'Failure';
}

/** What an error says, whatever was thrown. */
export function textOfError(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
