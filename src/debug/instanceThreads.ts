import type { DebugProtocol } from '@vscode/debugprotocol';
import type { DeploymentSnapshot } from '../lifecycle/snapshot';

/** The numbers by which the debug adapter protocol knows instances: one for each name, for as long as the session lasts. */
export class InstanceThreads {
	private readonly numbers = new Map<string, number>();

	idOf(instance: string): number {
		const id = this.numbers.get(instance) ?? this.numbers.size + 1;
		this.numbers.set(instance, id);
		return id;
	}

	instanceOf(id: number): string | undefined {
		return [...this.numbers].find(([, number]) => number === id)?.[0];
	}

	/** An instance is a thread of the service, in every life of it. */
	shown({ instances }: DeploymentSnapshot): DebugProtocol.Thread[] {
		return instances.map(({ instance, text, life }) => ({
			id: this.idOf(instance),
			name: life > 1 ? `${instance}: ${text}, life ${life}` : `${instance}: ${text}`,
		}));
	}
}
