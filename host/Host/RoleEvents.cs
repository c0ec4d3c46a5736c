using System;
using System.Diagnostics;
using Microsoft.WindowsAzure.ServiceRuntime;

namespace Rolewright.Host;

/// <summary>Turns messages of the fabric into the events of RoleEnvironment.</summary>
internal sealed class RoleEvents(Channel channel)
{
	/// <summary>What has to be done for a message, or null where the message is none of these. It is read before anything is done.</summary>
	internal Action? For(string type, Json message)
	{
		switch (type)
		{
			case "changing":
				var changing = ChangeReader.Read(message).ToArray();
				return () => Changing(changing);
			case "changed":
				var changed = ChangeReader.Read(message).ToArray();
				return Afterwards(message, "Changed", () => Fabric.Current.Events.RaiseChanged(changed));
			case "simultaneousChanging":
				var beginning = ChangeReader.ReadSimultaneous(message).ToArray();
				return () => Call.Make(channel, "SimultaneousChanging", () => Fabric.Current.Events.RaiseSimultaneousChanging(beginning));
			case "simultaneousChanged":
				var ended = ChangeReader.ReadSimultaneous(message).ToArray();
				return Afterwards(message, "SimultaneousChanged", () => Fabric.Current.Events.RaiseSimultaneousChanged(ended));
			default:
				return null;
		}
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

	private void Changing(RoleEnvironmentChange[] changes)
	{
		var cancel = false;
		Call.Make(
			channel,
			"Changing",
			() => cancel = Fabric.Current.Events.RaiseChanging(changes),
			json =>
			{
				json.BeginObject("result");
				json.Add("cancel", cancel);
				json.EndObject();
			});
	}

	/// <summary>New values can be read from then on, before any handler has run.</summary>
	private Action Afterwards(Json message, string call, Action raise)
	{
		var environment = EnvironmentReader.Read(message.GetProperty("environment"));
		return () =>
		{
			Fabric.Current.Snapshot = environment;
			Call.Make(channel, call, raise);
		};
	}
}
