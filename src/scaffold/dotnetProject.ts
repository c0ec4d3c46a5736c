import { escapeValue } from '../model/markup';

export type Framework = 'net8.0' | 'net48';

/** The project of a .NET worker role. It builds with the targets that the runner injects. */
export function dotnetProject(name: string, framework: Framework, items: readonly string[] = []): string {
	const lines = ['<Reference Include="Microsoft.WindowsAzure.ServiceRuntime" />', ...items];
	return `<Project Sdk="Microsoft.NET.Sdk">

  <PropertyGroup>
    <TargetFramework>${framework}</TargetFramework>
    <OutputType>Library</OutputType>
    <AssemblyName>${escapeValue(name, '"')}</AssemblyName>
    <RootNamespace>${identifier(name)}</RootNamespace>
    <!-- A role is loaded into a host, so the packages it uses have to stand beside it. -->
    <EnableDynamicLoading>true</EnableDynamicLoading>
  </PropertyGroup>

  <ItemGroup>
${lines.map(line => `    ${line}`).join('\n')}
  </ItemGroup>

</Project>
`;
}

/** The words that C#, F# or Visual Basic keep for themselves; the last knows no case. */
const keywords = new Set(
	`abstract addhandler addressof alias and andalso as assert base begin bool boolean break byref byte byval call case catch
	cbool cbyte cchar cdate cdbl cdec char checked cint class clng cobj component const constraint continue csbyte cshort
	csng cstr ctype cuint culng cushort date decimal declare default delegate dim directcast do done double downcast downto
	each elif else elseif end endif enum erase error event exception exit explicit extern false finally fixed float for
	foreach friend fun function get gettype getxmlnamespace global gosub goto handles if implements implicit imports in
	include inherit inherits inline int integer interface internal is isnot lazy let lib like lock long loop match me member
	mod module mustinherit mustoverride mutable mybase myclass namespace narrowing new next not nothing notinheritable
	notoverridable null object of on open operator option optional or orelse out overloads overridable override overrides
	paramarray params partial private process property protected public pure raiseevent readonly rec ref rem removehandler
	resume return sbyte sealed select set shadows shared short sig single sizeof stackalloc static step stop string struct
	structure sub switch synclock then this throw to trait true try trycast type typeof uint uinteger ulong unchecked unsafe
	until upcast use ushort using val variant virtual void volatile wend when while widening with withevents writeonly xor
	yield`.split(/\s+/),
);

/** A namespace for any name of a role: its dots separate, what no identifier may hold becomes an underscore. */
export function identifier(name: string): string {
	return name
		.split('.')
		.map(part => part.replace(/[^\p{L}\p{N}_]/gu, '_'))
		.map(part => (/^_*$/.test(part) ? `Role${part}` : part))
		.map(part => (/^\p{N}/u.test(part) || keywords.has(part.toLowerCase()) ? `_${part}` : part))
		.join('.');
}
