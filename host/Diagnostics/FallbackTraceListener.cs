using System.Diagnostics;

namespace Microsoft.WindowsAzure.Diagnostics;

/// <summary>
/// The listener that the host adds to every role. It is silent while the role has one of its own among the trace listeners,
/// from its configuration file or by code, so that no line arrives twice.
/// </summary>
internal sealed class FallbackTraceListener : DiagnosticMonitorTraceListener
{
	internal override void Send(TraceEventType level, string text)
	{
		foreach (TraceListener listener in Trace.Listeners)
		{
			if (listener is DiagnosticMonitorTraceListener && listener != this)
			{
				return;
			}
		}

		base.Send(level, text);
	}
}
