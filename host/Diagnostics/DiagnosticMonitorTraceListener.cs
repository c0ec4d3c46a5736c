using System;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Microsoft.WindowsAzure.Diagnostics;

/// <summary>
/// Sends what the role traces to the output of its instance. Projects made from Visual Studio's templates name it in their
/// configuration file; a role that does not is given one by the host.
/// </summary>
public class DiagnosticMonitorTraceListener : TraceListener
{
	/// <summary>What Write has begun and no WriteLine has ended; one per thread, so that threads do not mix their lines.</summary>
	[ThreadStatic]
	private static StringBuilder begun;

	/// <summary>Initializes the listener.</summary>
	public DiagnosticMonitorTraceListener()
		: base("DiagnosticMonitorTraceListener")
	{
	}

	/// <summary>Initializes the listener with a name; a configuration file with <c>initializeData</c> does so.</summary>
	/// <param name="name">The name of the listener.</param>
	public DiagnosticMonitorTraceListener(string name)
		: base(name)
	{
	}

	/// <summary>True: lines of several threads may arrive at the same time.</summary>
	public override bool IsThreadSafe
	{
		get { return true; }
	}

	/// <summary>Begins a line, or goes on with it.</summary>
	/// <param name="message">The text.</param>
	public override void Write(string message)
	{
		if (begun == null)
		{
			begun = new StringBuilder();
		}

		begun.Append(message);
	}

	/// <summary>Ends a line and sends it. A line that begins with a level, such as <c>Information: </c>, has that level.</summary>
	/// <param name="message">The text.</param>
	public override void WriteLine(string message)
	{
		var text = begun == null ? message : begun.Append(message).ToString();
		begun = null;
		Send(LevelOf(text), text ?? string.Empty);
	}

	/// <summary>Sends a line of the given level.</summary>
	/// <param name="eventCache">Time, process and thread; not used.</param>
	/// <param name="source">The name of the trace source; not used.</param>
	/// <param name="eventType">The level.</param>
	/// <param name="id">The number of the event; not used.</param>
	/// <param name="message">The text.</param>
	public override void TraceEvent(TraceEventCache eventCache, string source, TraceEventType eventType, int id, string message)
	{
		if (Filter == null || Filter.ShouldTrace(eventCache, source, eventType, id, message, null, null, null))
		{
			Send(eventType, message ?? string.Empty);
		}
	}

	/// <summary>Sends a line of the given level.</summary>
	/// <param name="eventCache">Time, process and thread; not used.</param>
	/// <param name="source">The name of the trace source; not used.</param>
	/// <param name="eventType">The level.</param>
	/// <param name="id">The number of the event; not used.</param>
	/// <param name="format">The text with places for arguments.</param>
	/// <param name="args">The arguments.</param>
	public override void TraceEvent(
		TraceEventCache eventCache, string source, TraceEventType eventType, int id, string format, params object[] args)
	{
		if (Filter == null || Filter.ShouldTrace(eventCache, source, eventType, id, format, args, null, null))
		{
			var text = args == null ? format : string.Format(CultureInfo.InvariantCulture, format, args);
			Send(eventType, text ?? string.Empty);
		}
	}

	/// <summary>Sends the data as a line of the given level.</summary>
	/// <param name="eventCache">Time, process and thread; not used.</param>
	/// <param name="source">The name of the trace source; not used.</param>
	/// <param name="eventType">The level.</param>
	/// <param name="id">The number of the event; not used.</param>
	/// <param name="data">The data.</param>
	public override void TraceData(TraceEventCache eventCache, string source, TraceEventType eventType, int id, object data)
	{
		if (Filter == null || Filter.ShouldTrace(eventCache, source, eventType, id, null, null, data, null))
		{
			Send(eventType, Convert.ToString(data, CultureInfo.InvariantCulture));
		}
	}

	/// <summary>Sends the text of a failed assertion as an error.</summary>
	/// <param name="message">The text.</param>
	/// <param name="detailMessage">Further text, or null.</param>
	public override void Fail(string message, string detailMessage)
	{
		Send(TraceEventType.Error, string.IsNullOrEmpty(detailMessage) ? "Fail: " + message : "Fail: " + message + " " + detailMessage);
	}

	internal virtual void Send(TraceEventType level, string text)
	{
		TraceJournal.Write(level, text);
	}

	/// <summary>Old roles trace with <c>Trace.WriteLine(text, "Error")</c>, which arrives as <c>Error: text</c>.</summary>
	private static TraceEventType LevelOf(string text)
	{
		var end = text == null ? -1 : text.IndexOf(": ", StringComparison.Ordinal);
		TraceEventType level;
		if (end > 0 && Enum.TryParse(text.Substring(0, end), true, out level) && char.IsLetter(text[0]))
		{
			return level;
		}

		return TraceEventType.Verbose;
	}
}
