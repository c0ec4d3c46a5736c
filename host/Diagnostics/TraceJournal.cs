using System;
using System.Diagnostics;

namespace Microsoft.WindowsAzure.Diagnostics;

/// <summary>Where trace lines go. The host sets the writer before it loads role code; without a host they go nowhere.</summary>
internal static class TraceJournal
{
	private static volatile Action<TraceEventType, string> writer;

	/// <summary>Takes one line, without its end, and how grave it is.</summary>
	internal static Action<TraceEventType, string> Writer
	{
		set { writer = value; }
	}

	internal static void Write(TraceEventType level, string text)
	{
		var write = writer;
		if (write == null)
		{
			return;
		}

		foreach (var line in text.Replace("\r\n", "\n").Split('\n'))
		{
			write(level, line);
		}
	}
}
