import type { RolePlan } from '../plan/deploymentPlan';
import type { InstanceView } from '../roleEnvironment';

/**
 * What the instances of a deployment see of a role, made once for all who see the same: a thousand instances that are all
 * told of each other would make a million views.
 */
export class RoleViews {
	private readonly made = new Map<string, Made>();

	/** Where one of them listens has changed. */
	forget(): void {
		this.made.clear();
	}

	/** Every instance of the role; `view` makes one. */
	of(role: RolePlan, domains: number, view: (index: number) => InstanceView): readonly InstanceView[] {
		const made = this.made.get(role.name);
		if (made?.count === role.count && made.endpoints === role.endpoints && made.domains === domains) {
			return made.views;
		}
		const views = Array.from({ length: role.count }, (_, index) => view(index));
		this.made.set(role.name, { count: role.count, endpoints: role.endpoints, domains, views });
		return views;
	}
}

interface Made {
	readonly count: number;
	readonly endpoints: RolePlan['endpoints'];
	readonly domains: number;
	readonly views: readonly InstanceView[];
}
