/**
 * Which package of Debian and Ubuntu brings an assembly of .NET Framework to Mono. Read from the contents of the packages of
 * Mono 6.8 (Debian 12): a library's package is named for the assembly, with the exceptions below.
 */

/** The assembly System.ServiceModel.Web is named by the machine-wide configuration, which every service described in an app.config reads. */
export const withWcf = { assembly: 'System.ServiceModel', needs: 'System.ServiceModel.Web' };

/** The program by which Mono compiles at run time. */
export const compiler = 'mcs';

/** What the smallest Mono has, the package mono-runtime. */
export function isInSmallestMono(assembly: string): boolean {
	return smallest.has(assembly);
}

/** Whether Mono, all of it installed, has this assembly of .NET Framework. */
export function isInWholeMono(assembly: string): boolean {
	return smallest.has(assembly) || packageOf(assembly) !== undefined;
}

/** .NET has it, and Mono where it was built by hand: what every role in Visual Basic refers to (running-dotnet-roles.md 2.2). */
export function isInNetAndNoMono(assembly: string): boolean {
	return assembly === 'Microsoft.VisualBasic';
}

/** The one package that brings all of these: that of a single one, one that brings the others too, or the whole of Mono. */
export function onePackageFor(assemblies: readonly string[]): string {
	const missing = [...new Set(assemblies)].filter(name => !smallest.has(name));
	const packages = [...new Set(missing.map(packageOf))];
	const [only = 'mono-runtime'] = packages;
	if (packages.length <= 1) {
		return only;
	}
	const wide = Object.entries(brings).find(([, names]) => missing.every(name => names.includes(name)));
	return wide?.[0] ?? 'mono-complete';
}

function packageOf(assembly: string): string | undefined {
	if (facades.includes(assembly)) {
		return 'mono-devel';
	}
	if (!regular.includes(assembly)) {
		return Object.hasOwn(exceptions, assembly) ? exceptions[assembly] : undefined;
	}
	return `libmono-${assembly.toLowerCase().replaceAll('.', '-')}4.0-cil`;
}

const smallest: ReadonlySet<string> = new Set([
	'mscorlib',
	'Mono.Security',
	...names('System', 'Configuration Core Numerics Security Xml'),
	'System',
]);

const exceptions: Readonly<Record<string, string>> = {
	[compiler]: 'mono-mcs',
	'System.DirectoryServices': 'libmono-system-ldap4.0-cil',
	'System.DirectoryServices.Protocols': 'libmono-system-ldap-protocols4.0-cil',
	'System.Runtime.Remoting': 'libmono-system-runtime4.0-cil',
	// Without its companion a service that an app.config describes cannot be opened; the companion's package brings both.
	'System.ServiceModel': 'libmono-system-servicemodel-web4.0-cil',
};

/** What libraries for .NET Standard and portable ones refer to; they lead to the assemblies of .NET Framework. */
const facades: readonly string[] = [
	'netstandard',
	...names('System', 'Collections Diagnostics.Debug Globalization IO Linq ObjectModel Reflection'),
	...names('System', 'Resources.ResourceManager Runtime Runtime.Extensions Runtime.InteropServices Text.Encoding'),
	...names('System', 'Threading Threading.Tasks ValueTuple'),
];

const regular: readonly string[] = [
	'Microsoft.CSharp',
	'WindowsBase',
	...names('System.ComponentModel', 'Composition DataAnnotations'),
	'System.Configuration.Install',
	...names('System', 'Data Data.DataSetExtensions Data.Entity Data.Linq Data.Services Data.Services.Client'),
	...names('System', 'Design Drawing Drawing.Design Dynamic EnterpriseServices IdentityModel IdentityModel.Selectors'),
	...names('System', 'IO.Compression IO.Compression.FileSystem Json Management Messaging Net'),
	...names('System', 'Net.Http Net.Http.WebRequest Numerics.Vectors Reflection.Context'),
	...names('System.Runtime', 'Caching DurableInstancing Serialization Serialization.Formatters.Soap'),
	...names('System.ServiceModel', 'Activation Discovery Routing Web'),
	...names('System', 'ServiceProcess Threading.Tasks.Dataflow Transactions'),
	...names('System', 'Web Web.Abstractions Web.ApplicationServices Web.DynamicData Web.Extensions Web.Routing'),
	...names('System', 'Web.Services Windows.Forms'),
	...names('System.Workflow', 'Activities ComponentModel Runtime'),
	...names('System', 'Xaml Xml.Linq Xml.Serialization'),
];

const ofWeb = [
	'System.ComponentModel.DataAnnotations',
	...names('System', 'Data Design DirectoryServices Drawing EnterpriseServices Transactions'),
	...names('System', 'Web Web.ApplicationServices Web.Services Windows.Forms'),
	'System.Runtime.Serialization.Formatters.Soap',
];

/** What comes along with two packages that depend on many others; the smaller first. */
const brings: Readonly<Record<string, readonly string[]>> = {
	'libmono-system-web4.0-cil': ofWeb,
	'libmono-system-servicemodel-web4.0-cil': [
		...ofWeb,
		...names('System', 'Configuration.Install Data.Linq IdentityModel IdentityModel.Selectors Messaging'),
		...names('System', 'Runtime.Serialization ServiceModel ServiceModel.Activation ServiceModel.Web'),
		...names('System', 'Web.Extensions Xml.Linq'),
	],
};

function names(prefix: string, rests: string): readonly string[] {
	return rests.split(' ').map(rest => `${prefix}.${rest}`);
}
