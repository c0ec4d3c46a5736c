using System.Collections.Generic;

namespace Microsoft.WindowsAzure.Diagnostics;

/// <summary>Which event logs of Windows are collected.</summary>
public class WindowsEventLogsBufferConfiguration : DiagnosticDataBufferConfiguration
{
	private readonly IList<string> dataSources = new List<string>();

	/// <summary>Initializes a configuration without logs.</summary>
	public WindowsEventLogsBufferConfiguration()
	{
	}

	/// <summary>The logs, as queries such as <c>System!*</c>.</summary>
	public IList<string> DataSources
	{
		get { return dataSources; }
	}

	/// <summary>How grave an entry must be to be transferred.</summary>
	public LogLevel ScheduledTransferLogLevelFilter { get; set; }
}
