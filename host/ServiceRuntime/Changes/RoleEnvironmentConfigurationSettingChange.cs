using System;

namespace Microsoft.WindowsAzure.ServiceRuntime;

/// <summary>The value of a setting changed.</summary>
public class RoleEnvironmentConfigurationSettingChange : RoleEnvironmentChange, IEquatable<RoleEnvironmentConfigurationSettingChange>
{
	private readonly string configurationSettingName;

	internal RoleEnvironmentConfigurationSettingChange(string configurationSettingName)
	{
		this.configurationSettingName = configurationSettingName;
	}

	/// <summary>The name of the setting.</summary>
	public string ConfigurationSettingName
	{
		get { return configurationSettingName; }
	}

	/// <summary>Whether the other change is of the same kind and concerns the same thing.</summary>
	/// <param name="other">The other change.</param>
	/// <returns>True if both are equal.</returns>
	public bool Equals(RoleEnvironmentConfigurationSettingChange other)
	{
		return other != null && string.Equals(configurationSettingName, other.configurationSettingName, StringComparison.Ordinal);
	}

	/// <summary>Whether the other object is a change of the same kind that concerns the same thing.</summary>
	/// <param name="obj">The other object.</param>
	/// <returns>True if both are equal.</returns>
	public override bool Equals(object obj)
	{
		return Equals(obj as RoleEnvironmentConfigurationSettingChange);
	}

	/// <summary>A number that equal changes share.</summary>
	/// <returns>The number.</returns>
	public override int GetHashCode()
	{
		return StringComparer.Ordinal.GetHashCode(configurationSettingName);
	}
}
