using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.Loader;

namespace Rolewright.Host;

/// <summary>
/// Where the role's assemblies are loaded. A name is answered in this order: our three assemblies, whatever version and
/// token is asked for and whatever lies beside the role; an assembly of the framework that is new enough; a file in the
/// role's folder. Without the second step old package copies beside a .NET Framework role would win over the framework's.
/// </summary>
internal sealed class RoleLoadContext : AssemblyLoadContext
{
	private static readonly string[] Ours =
	[
		"Microsoft.WindowsAzure.ServiceRuntime",
		"Microsoft.WindowsAzure.Diagnostics",
		"Microsoft.WindowsAzure.Configuration",
	];

	private readonly string folder;
	private readonly AssemblyDependencyResolver? resolver;

	internal RoleLoadContext(string mainAssembly)
		: base("role")
	{
		folder = Path.GetDirectoryName(mainAssembly)!;

		// Only a role with files per operating system needs the resolver; asking it costs milliseconds at every start.
		var hasPlatformFiles = Directory.Exists(Path.Combine(folder, "runtimes")) && File.Exists(Path.ChangeExtension(mainAssembly, ".deps.json"));
		resolver = hasPlatformFiles ? new AssemblyDependencyResolver(mainAssembly) : null;

		// Configuration sections and trace listeners of the role are looked for by name from the framework's side.
		Default.Resolving += (_, name) => FromRole(name);
	}

	protected override Assembly? Load(AssemblyName name)
	{
		if (Ours.Contains(name.Name, StringComparer.OrdinalIgnoreCase))
		{
			return Default.LoadFromAssemblyName(new AssemblyName(name.Name!));
		}

		return IsInFramework(name) ? null : FromRole(name);
	}

	protected override nint LoadUnmanagedDll(string unmanagedDllName)
	{
		if (resolver?.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path)
		{
			return LoadUnmanagedDllFromPath(path);
		}

		var beside = Path.Combine(folder, unmanagedDllName);
		return File.Exists(beside) ? LoadUnmanagedDllFromPath(beside) : 0;
	}

	private Assembly? FromRole(AssemblyName name)
	{
		var path = resolver?.ResolveAssemblyToPath(name) ?? Beside(name);
		return path == null ? null : LoadFromAssemblyPath(path);
	}

	private string? Beside(AssemblyName name)
	{
		var file = string.IsNullOrEmpty(name.CultureName)
			? Path.Combine(folder, name.Name!)
			: Path.Combine(folder, name.CultureName, name.Name!);
		foreach (var extension in (ReadOnlySpan<string>)[".dll", ".exe"])
		{
			if (File.Exists(file + extension) && IsRunnable(file + extension))
			{
				return file + extension;
			}
		}

		return null;
	}

	private static bool IsInFramework(AssemblyName name)
	{
		try
		{
			return FrameworkFiles.VersionOf(name.Name!) is { } version && (name.Version == null || version >= name.Version);
		}
		catch (BadImageFormatException)
		{
			return false;
		}
	}

	/// <summary>Reference assemblies are copied beside some roles; they hold no code, and loading one fails.</summary>
	private static bool IsRunnable(string path)
	{
		try
		{
			using var file = new PEReader(File.OpenRead(path));
			return file.HasMetadata && !IsReferenceAssembly(file.GetMetadataReader());
		}
		catch (BadImageFormatException)
		{
			return false;
		}
	}

	private static bool IsReferenceAssembly(MetadataReader metadata)
	{
		foreach (var handle in metadata.GetAssemblyDefinition().GetCustomAttributes())
		{
			var constructor = metadata.GetCustomAttribute(handle).Constructor;
			if (constructor.Kind == HandleKind.MemberReference
				&& metadata.GetMemberReference((MemberReferenceHandle)constructor).Parent is { Kind: HandleKind.TypeReference } parent
				&& metadata.StringComparer.Equals(metadata.GetTypeReference((TypeReferenceHandle)parent).Name, "ReferenceAssemblyAttribute"))
			{
				return true;
			}
		}

		return false;
	}
}
