/** What happens with a startup task that cannot run on this system: what `rolewright.json` says of it. */
export type TaskChoice = 'skip' | 'fail' | { readonly run: string };

/** Asked anew at each start of a task, so that a choice that is made meanwhile counts from its next start. */
export type TaskChoiceOf = (role: string, commandLine: string) => TaskChoice | undefined;
