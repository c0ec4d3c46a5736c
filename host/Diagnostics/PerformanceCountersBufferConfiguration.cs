using System.Collections.Generic;

namespace Microsoft.WindowsAzure.Diagnostics;

/// <summary>Which performance counters are collected.</summary>
public class PerformanceCountersBufferConfiguration : DiagnosticDataBufferConfiguration
{
	private readonly IList<PerformanceCounterConfiguration> dataSources = new List<PerformanceCounterConfiguration>();

	/// <summary>Initializes a configuration without counters.</summary>
	public PerformanceCountersBufferConfiguration()
	{
	}

	/// <summary>The counters.</summary>
	public IList<PerformanceCounterConfiguration> DataSources
	{
		get { return dataSources; }
	}
}
