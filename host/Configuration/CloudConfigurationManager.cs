using System;
using System.Configuration;

namespace Microsoft.Azure;

/// <summary>Reads settings from the service configuration, and from <c>appSettings</c> where they are not there. The namespace of package version 3.0 and later.</summary>
public static class CloudConfigurationManager
{
	/// <summary>The value of a setting; the lookup is traced.</summary>
	/// <param name="name">The name of the setting.</param>
	/// <returns>The value, or null where no place has the setting.</returns>
	/// <exception cref="ArgumentNullException">The name is null.</exception>
	/// <exception cref="ArgumentException">The name is empty.</exception>
	public static string GetSetting(string name)
	{
		return GetSetting(name, true);
	}

	/// <summary>The value of a setting.</summary>
	/// <param name="name">The name of the setting.</param>
	/// <param name="outputResultsToTrace">Whether the lookup is traced.</param>
	/// <returns>The value, or null where no place has the setting.</returns>
	/// <exception cref="ArgumentNullException">The name is null.</exception>
	/// <exception cref="ArgumentException">The name is empty.</exception>
	public static string GetSetting(string name, bool outputResultsToTrace)
	{
		return GetSetting(name, outputResultsToTrace, false);
	}

	/// <summary>The value of a setting.</summary>
	/// <param name="name">The name of the setting.</param>
	/// <param name="outputResultsToTrace">Whether the lookup is traced.</param>
	/// <param name="throwIfNotFoundInRuntime">Whether a setting that the service configuration lacks is an error.</param>
	/// <returns>The value, or null where no place has the setting.</returns>
	/// <exception cref="ArgumentNullException">The name is null.</exception>
	/// <exception cref="ArgumentException">The name is empty.</exception>
	/// <exception cref="SettingsPropertyNotFoundException">The service configuration lacks the setting, and that was to be an error.</exception>
	public static string GetSetting(string name, bool outputResultsToTrace, bool throwIfNotFoundInRuntime)
	{
		return SettingLookup.Get(name, outputResultsToTrace, throwIfNotFoundInRuntime);
	}
}
