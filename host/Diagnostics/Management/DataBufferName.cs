namespace Microsoft.WindowsAzure.Diagnostics.Management;

/// <summary>The kinds of diagnostic data that can be transferred on demand.</summary>
public enum DataBufferName
{
	/// <summary>The role's own trace.</summary>
	Logs = 0,

	/// <summary>The log of the collector itself.</summary>
	DiagnosticInfrastructureLogs = 1,

	/// <summary>Performance counters.</summary>
	PerformanceCounters = 2,

	/// <summary>Event logs of Windows.</summary>
	WindowsEventLogs = 3,

	/// <summary>Files.</summary>
	Directories = 4,
}
