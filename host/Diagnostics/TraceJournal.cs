using System;
using System.Diagnostics;
using Microsoft.WindowsAzure.ServiceRuntime;

namespace Microsoft.WindowsAzure.Diagnostics;

/// <summary>Where trace lines go. The host sets the writer before it loads role code; without a host they go nowhere.</summary>
internal static class TraceJournal
{
	private static volatile Action<TraceEventType, string> writer;
	private static volatile Action<string> notes;

	/// <summary>Takes one line, without its end, and how grave it is.</summary>
	internal static Action<TraceEventType, string> Writer
	{
		set { writer = value; }
	}

	/// <summary>Takes what this assembly itself has to say.</summary>
	internal static Action<string> Notes
	{
		set { notes = value; }
	}

	internal static void Note(string text)
	{
		var note = notes;
		if (note != null)
		{
			note(text);
		}
	}

	internal static void Write(TraceEventType level, string text)
	{
		// In the process of a site there is a writer only when somebody has asked for the role environment.
		if (writer == null && !RoleEnvironment.IsAvailable)
		{
			return;
		}

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
