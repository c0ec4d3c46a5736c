using System;

namespace Microsoft.WindowsAzure.Diagnostics.Management;

/// <summary>What a transfer on demand should send.</summary>
public class OnDemandTransferOptions
{
	/// <summary>Initializes options that send everything.</summary>
	public OnDemandTransferOptions()
	{
	}

	/// <summary>Entries from this time on.</summary>
	public DateTime From { get; set; }

	/// <summary>Entries up to this time.</summary>
	public DateTime To { get; set; }

	/// <summary>How grave an entry must be.</summary>
	public LogLevel LogLevelFilter { get; set; }

	/// <summary>The queue that hears of the end of the transfer.</summary>
	public string NotificationQueueName { get; set; }
}
