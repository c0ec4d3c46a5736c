using System;

namespace Microsoft.WindowsAzure.ServiceRuntime;

/// <summary>The instances of a role changed: there are more or fewer, or an endpoint moved.</summary>
public class RoleEnvironmentTopologyChange : RoleEnvironmentChange, IEquatable<RoleEnvironmentTopologyChange>
{
	private readonly string roleName;

	internal RoleEnvironmentTopologyChange(string roleName)
	{
		this.roleName = roleName;
	}

	/// <summary>The name of the role whose instances changed.</summary>
	public string RoleName
	{
		get { return roleName; }
	}

	/// <summary>Whether the other change is of the same kind and concerns the same thing.</summary>
	/// <param name="other">The other change.</param>
	/// <returns>True if both are equal.</returns>
	public bool Equals(RoleEnvironmentTopologyChange other)
	{
		return other != null && string.Equals(roleName, other.roleName, StringComparison.Ordinal);
	}

	/// <summary>Whether the other object is a change of the same kind that concerns the same thing.</summary>
	/// <param name="obj">The other object.</param>
	/// <returns>True if both are equal.</returns>
	public override bool Equals(object obj)
	{
		return Equals(obj as RoleEnvironmentTopologyChange);
	}

	/// <summary>A number that equal changes share.</summary>
	/// <returns>The number.</returns>
	public override int GetHashCode()
	{
		return StringComparer.Ordinal.GetHashCode(roleName);
	}
}
