using System.IO;

namespace Rolewright.Host;

/// <summary>
/// A part of .NET Framework that .NET does not bring. <c>Cure</c>: <c>package</c>, there is a NuGet package of the same name;
/// <c>mono</c>, Mono and .NET Framework have it; <c>windows</c>, only .NET Framework has it. <c>Mono</c>: the Debian package
/// that brings it to Mono, where there is one.
/// </summary>
internal sealed record FrameworkPart(string What, string Cure, string? Mono);

/// <summary>
/// The assemblies of .NET Framework that role code meets and .NET does not have, by simple name. The table is a file of its
/// own, because what looks through a role before its start reads it too.
/// </summary>
internal static class FrameworkParts
{
	internal static FrameworkPart? Find(string simpleName)
	{
		using (var file = new StreamReader(typeof(FrameworkParts).Assembly.GetManifestResourceStream("framework-parts.json")!))
		{
			var part = Json.Parse(file.ReadToEnd()).GetProperty("assemblies").TryGetProperty(simpleName);
			return part == null
				? null
				: new FrameworkPart(part.TryGetProperty("what")?.GetString() ?? "a library of its own", part.GetProperty("cure").GetString(), part.TryGetProperty("mono")?.GetString());
		}
	}
}
