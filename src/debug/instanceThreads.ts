import type { DebugProtocol } from '@vscode/debugprotocol';
import type { DebuggedInstance } from './debuggedInstances';

/** The numbers by which the debug adapter protocol knows instances: one for each address, for as long as the session lasts. */
export class InstanceThreads {
	private readonly numbers = new Map<string, number>();

	idOf(address: string): number {
		const id = this.numbers.get(address) ?? this.numbers.size + 1;
		this.numbers.set(address, id);
		return id;
	}

	addressOf(id: number): string | undefined {
		return [...this.numbers].find(([, number]) => number === id)?.[0];
	}

	/** An instance is a thread of the service, in every life of it. */
	shown(instances: readonly DebuggedInstance[]): DebugProtocol.Thread[] {
		return instances.map(({ address, snapshot: { text, life } }) => ({
			id: this.idOf(address),
			name: life > 1 ? `${address}: ${text}, life ${life}` : `${address}: ${text}`,
		}));
	}
}
