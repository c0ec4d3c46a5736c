using System;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.WindowsAzure.ServiceRuntime;

namespace Rolewright.Host;

/// <summary>Turns messages of the fabric into the events of RoleEnvironment.</summary>
internal sealed class RoleEvents(Channel channel)
{
	/// <summary>What has to be done for a message, or null where the message is none of these.</summary>
	internal Action? For(string type, JsonElement message)
	{
		return type switch
		{
			"changing" => () => Changing(message),
			"changed" => () => Changed(message),
			"simultaneousChanging" => () => SimultaneousChanging(message),
			"simultaneousChanged" => () => SimultaneousChanged(message),
			_ => null,
		};
	}

	internal void Stopping()
	{
		Call.Make(channel, "Stopping", Fabric.Current.Events.RaiseStopping);
	}

	/// <returns>Whether the role says that it is busy.</returns>
	internal bool StatusCheck()
	{
		var trace = RoleEnvironment.TraceSource;
		trace.TraceEvent(TraceEventType.Information, 500, "Status check begins.");
		var status = Fabric.Current.Events.RaiseStatusCheck();
		trace.TraceEvent(TraceEventType.Information, 502, "Status check: " + status + ".");
		return status == RoleInstanceStatus.Busy;
	}

	private void Changing(JsonElement message)
	{
		var cancel = false;
		Call.Make(
			channel,
			"Changing",
			() => cancel = Fabric.Current.Events.RaiseChanging(ChangeReader.Read(message).ToArray()),
			json =>
			{
				json.WriteStartObject();
				json.WriteBoolean("cancel", cancel);
				json.WriteEndObject();
			});
	}

	/// <summary>New values can be read from here on, before any handler of Changed has run.</summary>
	private void Changed(JsonElement message)
	{
		Fabric.Current.Snapshot = EnvironmentReader.Read(message.GetProperty("environment"));
		Call.Make(channel, "Changed", () => Fabric.Current.Events.RaiseChanged(ChangeReader.Read(message).ToArray()));
	}

	private void SimultaneousChanging(JsonElement message)
	{
		Call.Make(
			channel,
			"SimultaneousChanging",
			() => Fabric.Current.Events.RaiseSimultaneousChanging(ChangeReader.ReadSimultaneous(message).ToArray()));
	}

	private void SimultaneousChanged(JsonElement message)
	{
		Fabric.Current.Snapshot = EnvironmentReader.Read(message.GetProperty("environment"));
		Call.Make(
			channel,
			"SimultaneousChanged",
			() => Fabric.Current.Events.RaiseSimultaneousChanged(ChangeReader.ReadSimultaneous(message).ToArray()));
	}
}
