using System;

namespace Microsoft.WindowsAzure.ServiceRuntime;

/// <summary>A certificate of the role changed.</summary>
public class RoleEnvironmentCertificateChange : RoleEnvironmentChange, IEquatable<RoleEnvironmentCertificateChange>
{
	private readonly string thumbprint;

	internal RoleEnvironmentCertificateChange(string thumbprint)
	{
		this.thumbprint = thumbprint;
	}

	/// <summary>The thumbprint of the certificate, not its name.</summary>
	public string Thumbprint
	{
		get { return thumbprint; }
	}

	/// <summary>Whether the other change is of the same kind and concerns the same thing.</summary>
	/// <param name="other">The other change.</param>
	/// <returns>True if both are equal.</returns>
	public bool Equals(RoleEnvironmentCertificateChange other)
	{
		return other != null && string.Equals(thumbprint, other.thumbprint, StringComparison.Ordinal);
	}

	/// <summary>Whether the other object is a change of the same kind that concerns the same thing.</summary>
	/// <param name="obj">The other object.</param>
	/// <returns>True if both are equal.</returns>
	public override bool Equals(object obj)
	{
		return Equals(obj as RoleEnvironmentCertificateChange);
	}

	/// <summary>A number that equal changes share.</summary>
	/// <returns>The number.</returns>
	public override int GetHashCode()
	{
		return StringComparer.Ordinal.GetHashCode(thumbprint);
	}
}
