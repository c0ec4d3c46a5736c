using System;

namespace Rolewright.Host;

/// <summary>
/// The host of one life of one instance: announces itself, waits for its orders, loads the role and calls it. The thread
/// that it is called on goes through the stages below in order; what the fabric says meanwhile arrives on the channel's own.
/// </summary>
internal static class HostProcess
{
	internal static int Run()
	{
		var address = ChannelAddress.Take();
		if (address == null)
		{
			Console.Error.WriteLine("This program is started by Rolewright for an instance of a role; it does nothing on its own. Use 'rolewright run'.");
			return ExitCode.RoleNotLoaded;
		}

		var channel = Channel.Open(address);
		Ending.Channel = channel;
		channel.Send(Outgoing.Hello(address.Token));

		var orders = new Orders(channel, address.IsInReserve);
		channel.Listen(orders.Take);
		if (address.IsInReserve)
		{
			Reserve.WarmUp(() => orders.HasStart);
			channel.Send(Outgoing.Warm());
		}

		var life = orders.WaitForStart();
		if (life.WaitForDebugger)
		{
			DebuggerWatch.WaitForAttach(orders.Go);
		}

		DebuggerWatch.Report(channel);
		if (life.WaitForDebugger)
		{
			DebuggerWatch.WaitForBreakpoints(orders.Go);
		}

		var run = new RoleRun(channel, life);
		orders.Give(run);
		run.Start();
		return Ending.WaitForExit();
	}
}
