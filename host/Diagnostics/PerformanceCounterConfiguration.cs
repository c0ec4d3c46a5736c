using System;

namespace Microsoft.WindowsAzure.Diagnostics;

/// <summary>One performance counter.</summary>
public class PerformanceCounterConfiguration
{
	/// <summary>Initializes a counter without a name.</summary>
	public PerformanceCounterConfiguration()
	{
	}

	/// <summary>The counter as Windows names it.</summary>
	public string CounterSpecifier { get; set; }

	/// <summary>How often it is read.</summary>
	public TimeSpan SampleRate { get; set; }
}
