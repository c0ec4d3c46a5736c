import { textOfError } from '../../base/failure';
import { diskReport, keptCode } from '../disks/diskReport';
import { diskEntries } from '../disks/disks';
import type { DiskContents } from '../disks/worldDisks';
import { hostName, type InstanceName, instanceId } from '../domains';
import type { DiskEvent, InstanceEvent } from '../instance/instance';
import type { JournalEntry, JournalEvent } from '../journal/journal';
import type { ActorContext } from './actorContext';
import type { Surroundings } from './surroundings';

/** The disks of an instance, and the host that they are on. */
export class InstanceDisks {
	/** How often the instance has gone to another host. */
	private moves = 0;

	constructor(
		private readonly name: InstanceName,
		private readonly context: Pick<ActorContext, 'world' | 'post' | 'removed'>,
		private readonly write: (event: JournalEvent) => JournalEntry,
		private readonly take: (event: InstanceEvent) => void,
	) {}

	get host(): string {
		return hostName(this.name, this.moves);
	}

	/** Makes them what they are after these events; `prepared` or `prepareFailed` follows. */
	prepare(events: readonly DiskEvent[], around: Surroundings): void {
		const { world, post } = this.context;
		const request = around.diskRequest(events);
		const prepared = (contents: DiskContents | undefined) => {
			for (const entry of diskReport(diskEntries(request, events, around.diskPolicy), request, contents)) {
				this.write(entry);
			}
			if (around.role.entry.kind !== 'machine') {
				void contents?.writtenAndKept?.then(written => post(() => keptCode(written).map(this.write)));
			}
			this.take({ type: 'prepared' });
		};
		world.disks.prepare(request).then(
			contents => post(() => prepared(contents)),
			(error: unknown) => post(() => this.take({ type: 'prepareFailed', text: textOfError(error) })),
		);
	}

	/** Its name stays, and so do its addresses: all hosts are this machine (role-lifecycle.md 11). */
	move(): void {
		const from = this.host;
		this.moves++;
		const text = `The instance moves from host ${from} to host ${this.host}; its name and its addresses stay.`;
		this.write({ event: 'note', text });
	}

	/** The instance is gone with them. */
	remove(): void {
		const { world, post, removed } = this.context;
		const instance = instanceId(this.name.role, this.name.index);
		const done = () => {
			this.take({ type: 'removed' });
			removed(instance);
		};
		world.disks.remove(instance).then(
			() => post(done),
			(error: unknown) =>
				post(() => {
					this.write({ event: 'error', text: textOfError(error) });
					done();
				}),
		);
	}
}
