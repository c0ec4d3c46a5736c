using System.Text.Json;

namespace Rolewright.Host;

/// <summary>
/// A part of .NET Framework that .NET does not bring. <c>Cure</c>: <c>package</c>, there is a NuGet package of the same name;
/// <c>mono</c>, Mono and .NET Framework have it; <c>windows</c>, only .NET Framework has it.
/// </summary>
internal sealed record FrameworkPart(string What, string Cure);

/// <summary>
/// The assemblies of .NET Framework that role code meets and .NET does not have, by simple name. The table is a file of its
/// own, because what looks through a role before its start reads it too.
/// </summary>
internal static class FrameworkParts
{
	internal static FrameworkPart? Find(string simpleName)
	{
		using var file = typeof(FrameworkParts).Assembly.GetManifestResourceStream("framework-parts.json")!;
		using var table = JsonDocument.Parse(file);
		return table.RootElement.GetProperty("assemblies").TryGetProperty(simpleName, out var part)
			? new FrameworkPart(part.TryGetProperty("what", out var what) ? what.GetString()! : "a library of its own", part.GetProperty("cure").GetString()!)
			: null;
	}
}
