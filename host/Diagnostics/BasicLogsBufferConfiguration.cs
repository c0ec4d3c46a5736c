namespace Microsoft.WindowsAzure.Diagnostics;

/// <summary>How a log is collected.</summary>
public class BasicLogsBufferConfiguration : DiagnosticDataBufferConfiguration
{
	/// <summary>Initializes a configuration that transfers nothing.</summary>
	public BasicLogsBufferConfiguration()
	{
	}

	/// <summary>How grave an entry must be to be transferred.</summary>
	public LogLevel ScheduledTransferLogLevelFilter { get; set; }
}
