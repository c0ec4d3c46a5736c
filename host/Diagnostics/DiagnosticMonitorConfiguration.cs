using System;

namespace Microsoft.WindowsAzure.Diagnostics;

/// <summary>What Azure should collect. Everything can be set and read back; nothing is collected here.</summary>
public class DiagnosticMonitorConfiguration
{
	/// <summary>Initializes a configuration as Azure began with: nothing transferred, 4 GB for everything.</summary>
	public DiagnosticMonitorConfiguration()
	{
		ConfigurationChangePollInterval = TimeSpan.FromMinutes(1);
		OverallQuotaInMB = 4096;
		Logs = new BasicLogsBufferConfiguration();
		DiagnosticInfrastructureLogs = new BasicLogsBufferConfiguration();
		PerformanceCounters = new PerformanceCountersBufferConfiguration();
		WindowsEventLog = new WindowsEventLogsBufferConfiguration();
		Directories = new DirectoriesBufferConfiguration();
	}

	/// <summary>How often Azure looks for a changed configuration.</summary>
	public TimeSpan ConfigurationChangePollInterval { get; set; }

	/// <summary>The size of all local data, in megabytes.</summary>
	public int OverallQuotaInMB { get; set; }

	/// <summary>The role's own trace.</summary>
	public BasicLogsBufferConfiguration Logs { get; set; }

	/// <summary>The log of the collector itself.</summary>
	public BasicLogsBufferConfiguration DiagnosticInfrastructureLogs { get; set; }

	/// <summary>Performance counters.</summary>
	public PerformanceCountersBufferConfiguration PerformanceCounters { get; set; }

	/// <summary>Event logs of Windows.</summary>
	public WindowsEventLogsBufferConfiguration WindowsEventLog { get; set; }

	/// <summary>Files.</summary>
	public DirectoriesBufferConfiguration Directories { get; set; }
}
