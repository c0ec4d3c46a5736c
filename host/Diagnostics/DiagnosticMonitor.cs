using System;
using System.IO;
using System.Linq;
using Microsoft.WindowsAzure.ServiceRuntime;

namespace Microsoft.WindowsAzure.Diagnostics;

/// <summary>
/// The collector of the SDKs before 2.5, as existing OnStart methods start it. Here nothing is transferred: trace lines go to
/// the output of the instance, folders that the role wants collected are made and left in place, and that is said.
/// </summary>
public class DiagnosticMonitor
{
	private DiagnosticMonitor()
	{
	}

	/// <summary>Whether storage may be reached without TLS. Kept, and without effect.</summary>
	public static bool AllowInsecureRemoteConnections { get; set; }

	/// <summary>The folder of local data: the local resource <c>DiagnosticStore</c>, which every role has.</summary>
	public static string LocalDataDirectory
	{
		get
		{
			try
			{
				return RoleEnvironment.IsAvailable ? RoleEnvironment.GetLocalResource("DiagnosticStore").RootPath : Path.GetTempPath();
			}
			catch (RoleEnvironmentException)
			{
				return Path.GetTempPath();
			}
		}
	}

	/// <summary>A configuration as Azure began with; change it and give it to a Start method.</summary>
	/// <returns>A configuration of your own.</returns>
	public static DiagnosticMonitorConfiguration GetDefaultInitialConfiguration()
	{
		return new DiagnosticMonitorConfiguration();
	}

	/// <summary>Accepts the default configuration. Nothing is transferred.</summary>
	/// <param name="diagnosticsStorageAccountConfigurationSettingName">The setting with the connection string; not read.</param>
	/// <returns>The monitor.</returns>
	/// <exception cref="ArgumentNullException">The name is null.</exception>
	public static DiagnosticMonitor Start(string diagnosticsStorageAccountConfigurationSettingName)
	{
		return Start(diagnosticsStorageAccountConfigurationSettingName, GetDefaultInitialConfiguration());
	}

	/// <summary>Accepts a configuration. Nothing is transferred.</summary>
	/// <param name="diagnosticsStorageAccountConfigurationSettingName">The setting with the connection string; not read.</param>
	/// <param name="initialConfiguration">What to collect; not used.</param>
	/// <returns>The monitor.</returns>
	/// <exception cref="ArgumentNullException">An argument is null.</exception>
	public static DiagnosticMonitor Start(
		string diagnosticsStorageAccountConfigurationSettingName, DiagnosticMonitorConfiguration initialConfiguration)
	{
		return Accept(diagnosticsStorageAccountConfigurationSettingName, "diagnosticsStorageAccountConfigurationSettingName", initialConfiguration);
	}

	/// <summary>Accepts a configuration. Nothing is transferred.</summary>
	/// <param name="storageAccount">
	/// The storage account; not used. Its type in Azure is that of the storage library, which this assembly does not refer to.
	/// </param>
	/// <param name="initialConfiguration">What to collect; not used.</param>
	/// <returns>The monitor.</returns>
	/// <exception cref="ArgumentNullException">An argument is null.</exception>
	public static DiagnosticMonitor Start(object storageAccount, DiagnosticMonitorConfiguration initialConfiguration)
	{
		return Accept(storageAccount, "storageAccount", initialConfiguration);
	}

	/// <summary>Accepts the default configuration. Nothing is transferred.</summary>
	/// <param name="connectionString">The connection string of the storage account; not used.</param>
	/// <returns>The monitor.</returns>
	/// <exception cref="ArgumentNullException">The connection string is null.</exception>
	public static DiagnosticMonitor StartWithConnectionString(string connectionString)
	{
		return StartWithConnectionString(connectionString, GetDefaultInitialConfiguration());
	}

	/// <summary>Accepts a configuration. Nothing is transferred.</summary>
	/// <param name="connectionString">The connection string of the storage account; not used.</param>
	/// <param name="initialConfiguration">What to collect; not used.</param>
	/// <returns>The monitor.</returns>
	/// <exception cref="ArgumentNullException">An argument is null.</exception>
	public static DiagnosticMonitor StartWithConnectionString(
		string connectionString, DiagnosticMonitorConfiguration initialConfiguration)
	{
		return Accept(connectionString, "connectionString", initialConfiguration);
	}

	/// <summary>Accepts another configuration. Nothing is transferred.</summary>
	/// <param name="newConfiguration">What to collect; not used.</param>
	/// <exception cref="ArgumentNullException">The configuration is null.</exception>
	public void UpdateConfiguration(DiagnosticMonitorConfiguration newConfiguration)
	{
		Accept(newConfiguration, "newConfiguration", newConfiguration);
	}

	/// <summary>Ends the monitor. There is nothing to end.</summary>
	public void Shutdown()
	{
	}

	private static DiagnosticMonitor Accept(object account, string accountName, DiagnosticMonitorConfiguration configuration)
	{
		if (account == null)
		{
			throw new ArgumentNullException(accountName);
		}

		if (configuration == null)
		{
			throw new ArgumentNullException("initialConfiguration");
		}

		Collect(configuration.Directories);
		return new DiagnosticMonitor();
	}

	/// <summary>A role writes into such a folder without making it, because the collector of Azure did.</summary>
	private static void Collect(DirectoriesBufferConfiguration directories)
	{
		var folders = directories == null
			? new string[0]
			: directories.DataSources.Select(each => each.Path).Where(path => !string.IsNullOrEmpty(path) && Path.IsPathRooted(path)).Distinct().ToArray();
		foreach (var folder in folders)
		{
			Directory.CreateDirectory(folder);
		}

		if (folders.Length > 0)
		{
			TraceJournal.Note("Diagnostics are not transferred to storage here; their files stay in " + string.Join(", ", folders) + ".");
		}
	}
}
