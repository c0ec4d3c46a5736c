using System;

namespace Microsoft.WindowsAzure.Diagnostics;

/// <summary>What all kinds of diagnostic data have in common.</summary>
public abstract class DiagnosticDataBufferConfiguration
{
	internal DiagnosticDataBufferConfiguration()
	{
	}

	/// <summary>The size of the local data, in megabytes; 0 for a share of the whole.</summary>
	public int BufferQuotaInMB { get; set; }

	/// <summary>How often data is transferred, in whole minutes; zero for never.</summary>
	public TimeSpan ScheduledTransferPeriod { get; set; }
}
