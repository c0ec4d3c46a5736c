using System;
using System.Configuration;
using System.Diagnostics;
using Microsoft.WindowsAzure.ServiceRuntime;

namespace Microsoft.Azure;

/// <summary>
/// The one lookup behind both classes of the name <c>CloudConfigurationManager</c>: first the service configuration, where
/// there is a role environment, then <c>appSettings</c>. The real assembly asks the assembly cache of Windows for the
/// runtime, which fails everywhere else; here it is simply referred to.
/// </summary>
internal static class SettingLookup
{
	internal static string Get(string name, bool outputResultsToTrace, bool throwIfNotFoundInRuntime)
	{
		if (name == null)
		{
			throw new ArgumentNullException("name");
		}

		if (name.Length == 0)
		{
			throw new ArgumentException("The name of a setting must not be empty.", "name");
		}

		var value = FromServiceConfiguration(name, outputResultsToTrace);
		if (value == null && throwIfNotFoundInRuntime)
		{
			throw NotFound(name);
		}

		return value ?? FromApplicationConfiguration(name, outputResultsToTrace);
	}

	private static string FromServiceConfiguration(string name, bool outputResultsToTrace)
	{
		string value = null;
		if (RoleEnvironment.IsAvailable)
		{
			try
			{
				value = RoleEnvironment.GetConfigurationSettingValue(name);
			}
			catch (RoleEnvironmentException)
			{
				// The setting is not there; the next place is asked. Any other exception is the caller's to see.
			}
		}

		Report(name, "ServiceRuntime", value, outputResultsToTrace);
		return value;
	}

	private static string FromApplicationConfiguration(string name, bool outputResultsToTrace)
	{
		var value = ConfigurationManager.AppSettings[name];
		Report(name, "ConfigurationManager", value, outputResultsToTrace);
		return value;
	}

	/// <summary>In a method of its own, so that a setting that is found does not load the library of application settings.</summary>
	private static Exception NotFound(string name)
	{
		return new SettingsPropertyNotFoundException("The setting '" + name + "' is not in the service configuration of this role.");
	}

	private static void Report(string name, string place, string value, bool outputResultsToTrace)
	{
		if (outputResultsToTrace)
		{
			Trace.WriteLine("Getting \"" + name + "\" from " + place + ": " + (value == null ? "FAIL" : "PASS") + ".");
		}
	}
}
