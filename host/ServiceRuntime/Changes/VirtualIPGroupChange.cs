using System;

namespace Microsoft.WindowsAzure.ServiceRuntime;

/// <summary>A group of virtual addresses changed.</summary>
public class VirtualIPGroupChange : RoleEnvironmentChange, IEquatable<VirtualIPGroupChange>
{
	private readonly string virtualIPGroupName;

	internal VirtualIPGroupChange(string virtualIPGroupName)
	{
		this.virtualIPGroupName = virtualIPGroupName;
	}

	/// <summary>The name of the group.</summary>
	public string VirtualIPGroupName
	{
		get { return virtualIPGroupName; }
	}

	/// <summary>Whether the other change is of the same kind and concerns the same thing.</summary>
	/// <param name="other">The other change.</param>
	/// <returns>True if both are equal.</returns>
	public bool Equals(VirtualIPGroupChange other)
	{
		return other != null && string.Equals(virtualIPGroupName, other.virtualIPGroupName, StringComparison.Ordinal);
	}

	/// <summary>Whether the other object is a change of the same kind that concerns the same thing.</summary>
	/// <param name="obj">The other object.</param>
	/// <returns>True if both are equal.</returns>
	public override bool Equals(object obj)
	{
		return Equals(obj as VirtualIPGroupChange);
	}

	/// <summary>A number that equal changes share.</summary>
	/// <returns>The number.</returns>
	public override int GetHashCode()
	{
		return StringComparer.Ordinal.GetHashCode(virtualIPGroupName);
	}
}
