using System;
using System.Buffers;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Rolewright.Host;

/// <summary>The messages to the fabric (docs/host-channel.md), each as a finished line.</summary>
internal static class Outgoing
{
	private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

	internal static ReadOnlyMemory<byte> Hello(string token)
	{
		return Line("hello", json =>
		{
			json.WriteNumber("protocol", ChannelAddress.Protocol);
			json.WriteString("token", token);
			json.WriteNumber("pid", Environment.ProcessId);
			json.WriteString("runtime", RuntimeInformation.FrameworkDescription);
			json.WriteString("role", "host");
			json.WriteStartObject("debug");
			json.WriteString("kind", "dotnet");
			json.WriteNumber("processId", Environment.ProcessId);
			json.WriteEndObject();
		});
	}

	internal static ReadOnlyMemory<byte> CallBegins(string call)
	{
		return Line("call", json =>
		{
			json.WriteString("call", call);
			json.WriteString("phase", "begin");
		});
	}

	/// <param name="call">The name of the call.</param>
	/// <param name="writeResult">Writes the value of <c>result</c>; null where the call has none.</param>
	internal static ReadOnlyMemory<byte> CallEnds(string call, Action<Utf8JsonWriter>? writeResult = null)
	{
		return Line("call", json =>
		{
			json.WriteString("call", call);
			json.WriteString("phase", "end");
			if (writeResult != null)
			{
				json.WritePropertyName("result");
				writeResult(json);
			}
		});
	}

	internal static ReadOnlyMemory<byte> CallFails(string call, RoleError error)
	{
		return Line("call", json =>
		{
			json.WriteString("call", call);
			json.WriteString("phase", "end");
			WriteError(json, error);
		});
	}

	internal static ReadOnlyMemory<byte> Fault(RoleError error)
	{
		return Line("fault", json => WriteError(json, error));
	}

	internal static ReadOnlyMemory<byte> Failed(string text, RoleError? error)
	{
		return Line("failed", json =>
		{
			json.WriteString("text", text);
			if (error != null)
			{
				WriteError(json, error);
			}
		});
	}

	internal static ReadOnlyMemory<byte> Trace(TraceEventType level, string text)
	{
		return Line("output", json =>
		{
			json.WriteString("stream", "trace");
			json.WriteString("text", text);
			json.WriteString("level", LevelName(level));
		});
	}

	internal static ReadOnlyMemory<byte> Debugger(bool attached)
	{
		return Line("debugger", json => json.WriteBoolean("attached", attached));
	}

	internal static ReadOnlyMemory<byte> Status(bool busy)
	{
		return Line("status", json => json.WriteString("status", busy ? "Busy" : "Ready"));
	}

	internal static ReadOnlyMemory<byte> RequestRecycle()
	{
		return Line("requestRecycle", _ => { });
	}

	internal static ReadOnlyMemory<byte> Note(string text)
	{
		return Line("note", json => json.WriteString("text", text));
	}

	private static ReadOnlyMemory<byte> Line(string type, Action<Utf8JsonWriter> writeFields)
	{
		var buffer = new ArrayBufferWriter<byte>(256);
		using (var json = new Utf8JsonWriter(buffer, Options))
		{
			json.WriteStartObject();
			json.WriteString("type", type);
			writeFields(json);
			json.WriteEndObject();
		}

		buffer.GetSpan(1)[0] = (byte)'\n';
		buffer.Advance(1);
		return buffer.WrittenMemory;
	}

	private static void WriteError(Utf8JsonWriter json, RoleError error)
	{
		json.WriteStartObject("error");
		json.WriteString("type", error.Type);
		json.WriteString("message", error.Message);
		json.WriteString("stack", error.Stack);
		if (error.File != null)
		{
			json.WriteString("file", error.File);
			json.WriteNumber("line", error.Line);
		}

		json.WriteEndObject();
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
