using System;
using System.Diagnostics;

namespace Rolewright.Host;

/// <summary>The messages to the fabric (docs/host-channel.md), each as a finished line.</summary>
internal static class Outgoing
{
	/// <param name="token">Shows that this process is the one that was started.</param>
	/// <param name="role">What the process does: <c>host</c> or <c>site</c>.</param>
	internal static byte[] Hello(string token, string role = "host")
	{
		var id = HostRuntime.ProcessId;
		return Line("hello", json =>
		{
			json.Add("protocol", ChannelAddress.Protocol);
			json.Add("token", token);
			json.Add("pid", id);
			json.Add("runtime", HostRuntime.Name);
			json.Add("role", role);
			if (HostRuntime.DebuggersAttachById)
			{
				json.BeginObject("debug");
				json.Add("kind", "dotnet");
				json.Add("processId", id);
				json.EndObject();
			}
		});
	}

	internal static byte[] CallBegins(string call)
	{
		return Line("call", json =>
		{
			json.Add("call", call);
			json.Add("phase", "begin");
		});
	}

	/// <param name="call">The name of the call.</param>
	/// <param name="writeResult">Writes <c>result</c>; null where the call has none.</param>
	internal static byte[] CallEnds(string call, Action<JsonLine>? writeResult = null)
	{
		return Line("call", json =>
		{
			json.Add("call", call);
			json.Add("phase", "end");
			writeResult?.Invoke(json);
		});
	}

	internal static byte[] CallFails(string call, RoleError error)
	{
		return Line("call", json =>
		{
			json.Add("call", call);
			json.Add("phase", "end");
			Add(json, error);
		});
	}

	internal static byte[] Fault(RoleError error)
	{
		return Line("fault", json => Add(json, error));
	}

	internal static byte[] Failed(string text, RoleError? error)
	{
		return Line("failed", json =>
		{
			json.Add("text", text);
			if (error != null)
			{
				Add(json, error);
			}
		});
	}

	internal static byte[] Trace(TraceEventType level, string text)
	{
		return Line("output", json =>
		{
			json.Add("stream", "trace");
			json.Add("text", text);
			json.Add("level", LevelName(level));
		});
	}

	internal static byte[] Debugger(bool attached)
	{
		return Line("debugger", json => json.Add("attached", attached));
	}

	internal static byte[] Status(bool busy)
	{
		return Line("status", json => json.Add("status", busy ? "Busy" : "Ready"));
	}

	internal static byte[] Warm()
	{
		return Line("warm", _ => { });
	}

	internal static byte[] RequestRecycle()
	{
		return Line("requestRecycle", _ => { });
	}

	internal static byte[] Note(string text)
	{
		return Line("note", json => json.Add("text", text));
	}

	private static byte[] Line(string type, Action<JsonLine> addFields)
	{
		var json = new JsonLine();
		json.Add("type", type);
		addFields(json);
		return json.ToBytes();
	}

	private static void Add(JsonLine json, RoleError error)
	{
		json.BeginObject("error");
		json.Add("type", error.Type);
		json.Add("message", error.Message);
		json.Add("stack", error.Stack);
		if (error.File != null)
		{
			json.Add("file", error.File);
			json.Add("line", error.Line);
		}

		json.EndObject();
	}

	private static string LevelName(TraceEventType level)
	{
		return level switch
		{
			TraceEventType.Critical => "critical",
			TraceEventType.Error => "error",
			TraceEventType.Warning => "warning",
			TraceEventType.Verbose => "verbose",
			_ => "information",
		};
	}
}
