import type { RoleDefinition } from '../model/definition';
import { insertElements } from '../model/markup';
import { folderOf, joinPath } from '../model/paths';
import { childrenNamed } from '../xml/syntax';
import { directoryNameProblem, freeName } from './names';
import { inDefinition, type Part } from './part';
import { nothing, type Plan, together, within } from './plan';
import type { Asked, Question } from './question';
import { element } from './roleTemplate';
import type { Surroundings } from './surroundings';
import { pageText } from './webSites';

/** Relative to the definition (csdef.md 11). */
const directory: Question = {
	key: 'directory',
	initial: ({ answers }) => answers.name,
	problem: answer => {
		return /[<>"|?*\p{Cc}]/u.test(answer) ? `'${answer}' is no path of a folder.` : undefined;
	},
};

const webEndpoints = ({ role }: Asked) =>
	role.endpoints.filter(each => each.kind === 'input' && (each.protocol === 'http' || each.protocol === 'https'));

export const sitePart: Part = {
	what: 'site',
	questions: [
		{
			key: 'name',
			initial: ({ role }) => freeName('Site', siteNames(role)),
			problem: (answer, { role }) => directoryNameProblem('site', answer, siteNames(role)),
		},
		directory,
		{
			key: 'endpoint',
			noChoices: 'The role has no input endpoint for http or https that a site could answer; add one first.',
			choices: asked => webEndpoints(asked).flatMap(each => each.name?.text ?? []),
			initial: asked => webEndpoints(asked)[0]?.name?.text,
		},
		{
			key: 'host-header',
			optional: () => true,
			initial: asked => (isBound(asked, '') ? `${asked.answers.name?.toLowerCase()}.localhost` : ''),
			problem: answer => {
				return /^[A-Za-z0-9*]([A-Za-z0-9.*-]*[A-Za-z0-9])?$/.test(answer) ? undefined : `'${answer}' is no host name.`;
			},
		},
	],
	suits: isWebRole,
	plan: (asked, surroundings) => {
		const { name = '', endpoint = '', 'host-header': hostHeader = '' } = asked.answers;
		const binding = { name: endpoint, endpointName: endpoint, ...(hostHeader && { hostHeader }) };
		const site = element(
			'Site',
			{ name, physicalDirectory: asked.answers.directory ?? '' },
			element('Bindings', {}, element('Binding', binding)),
		);
		const taken = isBound(asked, hostHeader);
		const note = `The endpoint '${endpoint}' is bound ${hostHeader ? `for '${hostHeader}'` : 'without a host header'} already; give one of the bindings another host header.`;
		return together(
			inDefinition(asked, ['Sites', [site]]),
			firstPage(asked, surroundings),
			taken ? { ...nothing, notes: [note] } : nothing,
		);
	},
};

const applicationNames = ({ answers, role }: Asked) => {
	const site = role.sites.find(each => each.name?.text === answers.site);
	return childrenNamed(site?.element, 'VirtualApplication', 'VirtualDirectory').map(each => {
		return each.attributes.find(({ written }) => written === 'name')?.value;
	});
};

export const virtualApplicationPart: Part = {
	what: 'virtual-application',
	questions: [
		{
			key: 'site',
			noChoices: 'The role has no site; add one first.',
			choices: ({ role }) => siteNames(role).flatMap(each => each ?? []),
			initial: ({ role }) => siteNames(role)[0],
		},
		{
			key: 'name',
			initial: asked => freeName('Application', applicationNames(asked)),
			problem: (answer, asked) => directoryNameProblem('virtual application', answer, applicationNames(asked)),
		},
		directory,
	],
	suits: isWebRole,
	plan: (asked, surroundings) => {
		const { definition, role, answers } = asked;
		const site = role.sites.find(each => each.name?.text === answers.site);
		if (!site) {
			return nothing;
		}
		const application = element('VirtualApplication', {
			name: answers.name ?? '',
			physicalDirectory: answers.directory ?? '',
		});
		// The bindings come last (csdef.md 11).
		const last = childrenNamed(site.element, 'VirtualApplication', 'VirtualDirectory').at(-1);
		const edit = insertElements(definition.document, site.element, [application], last ? { after: last } : 'first');
		return together({ files: [], edits: [{ path: definition.path, edits: [edit] }] }, firstPage(asked, surroundings));
	},
};

/** A folder that is not there yet gets a page, so that something answers. */
function firstPage({ definition, answers }: Asked, { isFolder, text }: Surroundings): Plan {
	const folder = joinPath(definition.path, answers.directory ?? '');
	const page = within(folder, 'index.html');
	// A folder outside of the service is somebody else's.
	const isInside = folder.startsWith(folderOf(definition.path)) && !/\$[({]|%/.test(folder);
	return isInside && !isFolder(folder) && text(page) === undefined
		? { files: [{ path: page, text: pageText(answers.name ?? '') }], edits: [] }
		: nothing;
}

function isBound({ answers, role }: Asked, hostHeader: string): boolean {
	return role.sites.some(site =>
		site.bindings.some(each => {
			return (
				each.endpointName.text === answers.endpoint &&
				(each.hostHeader ?? '').toLowerCase() === hostHeader.toLowerCase()
			);
		}),
	);
}

function siteNames({ sites }: RoleDefinition): readonly (string | undefined)[] {
	return sites.map(each => each.name?.text);
}

function isWebRole({ kind }: RoleDefinition): boolean {
	return kind === 'WebRole';
}
