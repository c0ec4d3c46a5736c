using System;
using System.Collections.Generic;
using Microsoft.WindowsAzure.ServiceRuntime;

namespace Rolewright.Host;

/// <summary>
/// What the fabric tells the process of a site: its environment first, then what changes in it. The life of the process is
/// the web server's affair.
/// </summary>
/// <param name="channel">The connection to the fabric.</param>
/// <param name="known">Called when the environment can be read.</param>
internal sealed class SiteOrders(Channel channel, Action known)
{
	private readonly RoleEvents events = new(channel);
	private readonly SerialQueue queue = new();

	internal void Take(Json message)
	{
		try
		{
			Follow(message.GetProperty("type").GetString(), message);
		}
		catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
		{
			channel.Send(Outgoing.Note("The process of the site was told something that it does not understand, and left it out."));
		}
	}

	private void Follow(string type, Json message)
	{
		switch (type)
		{
			case "life":
				Fabric.Connect(EnvironmentReader.Read(message.GetProperty("environment")), () => channel.Send(Outgoing.RequestRecycle()));
				known();
				break;
			case "checkStatus":
				queue.Add(() => channel.Send(Outgoing.Status(events.StatusCheck())));
				break;
			case "stop":
				queue.Add(events.Stopping);
				break;
			default:
				if (events.For(type, message) is { } work)
				{
					queue.Add(work);
				}

				break;
		}
	}
}
