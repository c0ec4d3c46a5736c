import assert from 'node:assert/strict';
import type { Severity } from '../../src/base/problem';
import { checkService, type RuleOptions } from '../../src/model/rules';
import { serviceFrom, type Texts } from './services';

/** Each problem of the rules as `file: code 'text it stands at'`, what is no error marked. */
export function findings(texts: Texts, options: RuleOptions = {}): string[] {
	const { service, nameOf, file } = serviceFrom(texts);
	return [...checkService(service, options)].flatMap(([path, problems]) =>
		problems.map(({ code, severity, span }) => {
			const text = file(nameOf(path)).document.text.slice(span.start, span.end);
			return `${nameOf(path)}: ${severity === 'error' ? '' : `${severity} `}${code} '${text}'`;
		}),
	);
}

/** Parts of models, as short as they can be. */
export const role = (name: string, content = '', more = '') =>
	`<WorkerRole name="${name}"${more}>${content}</WorkerRole>`;
export const web = (name: string, content = '', more = '') => `<WebRole name="${name}"${more}>${content}</WebRole>`;
export const configured = (name: string, content = '', count = 2) =>
	`<Role name="${name}"><Instances count="${count}"/>${content}</Role>`;
export const settings = (...names: string[]) =>
	`<ConfigurationSettings>${names.map(name => `<Setting name="${name}"/>`).join('')}</ConfigurationSettings>`;
export const values = (...names: string[]) =>
	`<ConfigurationSettings>${names.map(name => `<Setting name="${name}" value=""/>`).join('')}</ConfigurationSettings>`;
export const value = (name: string, text: string) =>
	`<ConfigurationSettings><Setting name="${name}" value="${text}"/></ConfigurationSettings>`;
export const certificates = (...names: string[]) =>
	`<Certificates>${names.map(name => `<Certificate name="${name}"/>`).join('')}</Certificates>`;
export const imports = (...names: string[]) =>
	`<Imports>${names.map(name => `<Import moduleName="${name}"/>`).join('')}</Imports>`;
export const endpoints = (...list: string[]) => `<Endpoints>${list.join('')}</Endpoints>`;
export const input = (name: string, port: number, protocol = 'tcp', more = '') =>
	`<InputEndpoint name="${name}" protocol="${protocol}" port="${port}" ${more}/>`;
export const internal = (name: string, protocol = 'tcp', content = '') =>
	`<InternalEndpoint name="${name}" protocol="${protocol}">${content}</InternalEndpoint>`;
export const direct = (name: string, localPort: number, min: number, max: number, protocol = 'tcp') =>
	`<InstanceInputEndpoint name="${name}" protocol="${protocol}" localPort="${localPort}"><AllocatePublicPortFrom><FixedPortRange min="${min}" max="${max}"/></AllocatePublicPortFrom></InstanceInputEndpoint>`;
export const sites = (...names: string[]) =>
	`<Sites><Site name="Web"><Bindings>${names.map((name, index) => `<Binding name="B${index}" endpointName="${name}"/>`).join('')}</Bindings></Site></Sites>`;
export const traffic = (roleName: string, endpointName: string, from: string) =>
	`<NetworkTrafficRules><OnlyAllowTrafficTo><Destinations><RoleEndpoint roleName="${roleName}" endpointName="${endpointName}"/></Destinations><WhenSource matches="AnyRule"><FromRole roleName="${from}"/></WhenSource></OnlyAllowTrafficTo></NetworkTrafficRules>`;

export const plugins = 'Microsoft.WindowsAzure.Plugins';

/** A row of cross-file-rules.md: where it finds something, and a neighbour that differs a little and is right. */
export interface RuleCase {
	readonly rule: string;
	readonly code: string;
	readonly severity: Severity;
	readonly texts: Texts;
	/** Each finding of the code as `file: 'text it stands at'`. */
	readonly found: readonly string[];
	readonly neighbour: Texts;
	/** Left out: classic. */
	readonly options?: RuleOptions;
	/** Where the neighbour differs in what is known beside the files. */
	readonly neighbourOptions?: RuleOptions;
}

/** Tests that a rule finds what it is to find, as severe as it is to be, and nothing in its neighbour. */
export function ruleSuite(title: string, cases: readonly RuleCase[]): void {
	suite(title, () => {
		for (const { rule, code, severity, texts, found, neighbour, options, neighbourOptions } of cases) {
			test(`${rule} ${code}: ${found.join(', ')}`, () => {
				const of = (from: Texts, given: RuleOptions = { platform: 'classic' }) =>
					findings(from, given).filter(line => line.split(' ').includes(code));
				const mark = severity === 'error' ? '' : `${severity} `;
				assert.deepEqual(
					of(texts, options),
					found.map(line => line.replace(': ', `: ${mark}${code} `)),
				);
				assert.deepEqual(of(neighbour, neighbourOptions ?? options), []);
			});
		}
	});
}
