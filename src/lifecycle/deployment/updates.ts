import { textOfError } from '../../base/failure';
import type { Disks } from '../disks/worldDisks';
import type { JournalWriter } from '../journal/journalWriter';
import type { DeploymentPlan, RolePlan } from '../plan/deploymentPlan';
import type { Asked, Changes } from './changes';
import type { WalkMode } from './domainWalk';
import type { Instances } from './instances';

export interface UpdatesContext {
	readonly disks: Disks;
	readonly instances: Instances;
	readonly changes: Changes;
	readonly journal: JournalWriter;
	readonly post: (task: () => void) => void;
	/** The deployment ends: nothing more begins. */
	readonly isEnding: () => boolean;
}

/**
 * The code of a deployment, copied when it is deployed: old and new stand side by side while an update walks, so that an
 * instance gets the code that it should have however often it is made anew (running-dotnet-roles.md 3.3).
 */
export class Updates {
	/** Updates whose code is being built or copied. */
	private readonly coming = new Set<Promise<DeploymentPlan>>();
	/** Folders of copies that were made and not removed. */
	private readonly staged = new Set<string>();

	constructor(private readonly context: UpdatesContext) {}

	get isComing(): boolean {
		return this.coming.size > 0;
	}

	/** Copies the code that the deployment starts with; where that fails the instances say so when they start. */
	async stageFirst(plan: DeploymentPlan): Promise<void> {
		const { changes, post } = this.context;
		await this.copied(plan).then(
			copied => changes.stage(copied),
			(error: unknown) => post(() => this.error(textOfError(error))),
		);
	}

	/** `plan` may still be in the making. The code of before runs on where it fails. */
	submit(plan: DeploymentPlan | Promise<DeploymentPlan>, mode: WalkMode, asked: Asked): void {
		const { changes, post, isEnding } = this.context;
		const copied = Promise.resolve(plan).then(ready => this.copied(ready));
		this.coming.add(copied);
		const then = (go: () => void) =>
			post(() => {
				this.coming.delete(copied);
				if (!isEnding()) {
					go();
				}
			});
		copied.then(
			ready => then(() => changes.submitUpdate(ready, mode, asked)),
			(error: unknown) =>
				then(() => this.error(`The update was not begun, and the code of before runs on. ${textOfError(error)}`)),
		);
	}

	/** What is asked of an update that is still coming waits until it has begun. */
	afterComing(then: () => void): void {
		const { post, isEnding } = this.context;
		void Promise.allSettled(this.coming).then(() => post(() => isEnding() || then()));
	}

	/** Removes the copies that no instance can come back to. Call it when nothing is on its way. */
	sweep(): void {
		const { instances, changes, disks, post } = this.context;
		if (this.staged.size <= changes.roleCount || changes.updateStatus) {
			return;
		}
		const isPreparing = instances.all.some(({ instance }) => instance.phase === 'preparing');
		if (this.isComing || isPreparing) {
			return;
		}
		const used = new Set(
			changes.plansInUse.flatMap(plan => plan.roles.flatMap(role => [role.staged, ...(role.stagedSites ?? [])])),
		);
		for (const folder of [...this.staged].filter(each => !used.has(each))) {
			this.staged.delete(folder);
			disks.unstage(folder).catch((error: unknown) => post(() => this.error(textOfError(error))));
		}
	}

	/** One after the other: the copies of big roles would only fight for the disk. */
	private async copied(plan: DeploymentPlan): Promise<DeploymentPlan> {
		const roles: RolePlan[] = [];
		for (const role of plan.roles) {
			const staged = await this.copy(role, role.code);
			const stagedSites: string[] = [];
			for (const folder of role.siteFolders ?? []) {
				stagedSites.push(await this.copy(role, folder));
			}
			roles.push({ ...role, staged, ...(role.siteFolders && { stagedSites }) });
		}
		return { ...plan, roles };
	}

	private async copy(role: RolePlan, folder: string): Promise<string> {
		const staged = await this.context.disks.stage(role.name, folder);
		this.staged.add(staged);
		return staged;
	}

	private error(text: string): void {
		this.context.journal.write({ event: 'error', text });
	}
}
