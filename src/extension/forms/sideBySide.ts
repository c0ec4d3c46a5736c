import type { Service } from '../../model/service';
import { isTransform } from '../../xml/transform';

/**
 * The service with its configurations as they are shown beside each other: by name, whichever was read first. A transform
 * is a change of a configuration and none itself (cscfg.md 7.1).
 */
export function sideBySide(service: Service): Service {
	const configurations = service.configurations
		.filter(each => !isTransform(each.document))
		.sort((a, b) => a.name.localeCompare(b.name) || a.path.localeCompare(b.path));
	return { ...service, configurations };
}
