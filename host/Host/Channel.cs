using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;

namespace Rolewright.Host;

/// <summary>The connection to the fabric: one JSON object a line, both ways. A lost connection ends the process at once.</summary>
internal sealed class Channel
{
	private readonly Socket socket;
	private readonly object writing = new();

	private Channel(Socket socket)
	{
		this.socket = socket;
	}

	internal static Channel Open(ChannelAddress address)
	{
		var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
		try
		{
			socket.Connect(IPAddress.Parse(address.Host), address.Port);
		}
		catch (SocketException)
		{
			Ending.Exit(ExitCode.ChannelLost);
		}

		return new Channel(socket);
	}

	/// <summary>Sends one message. The line is handed to the system before this returns, so that it survives the process.</summary>
	internal void Send(byte[] line)
	{
		if (!TrySend(line))
		{
			Ending.Exit(ExitCode.ChannelLost);
		}
	}

	/// <summary>As <see cref="Send"/>, but a lost connection is the caller's affair.</summary>
	internal bool TrySend(byte[] line)
	{
		try
		{
			lock (writing)
			{
				for (var sent = 0; sent < line.Length;)
				{
					sent += socket.Send(line, sent, line.Length - sent, SocketFlags.None);
				}
			}

			return true;
		}
		catch (Exception e) when (e is SocketException or ObjectDisposedException)
		{
			return false;
		}
	}

	/// <summary>Gives every message to <paramref name="take"/>, in order, on a thread of its own.</summary>
	internal void Listen(Action<Json> take)
	{
		new Thread(() => Read(take)) { IsBackground = true, Name = "Rolewright channel" }.Start();
	}

	/// <summary>Says that nothing more will be sent; what was sent still arrives.</summary>
	internal void Finish()
	{
		try
		{
			socket.Shutdown(SocketShutdown.Send);
		}
		catch (SocketException)
		{
			// The other side was faster.
		}
	}

	private void Read(Action<Json> take)
	{
		using var reader = new StreamReader(new NetworkStream(socket), new UTF8Encoding(false), false, 16 * 1024);
		while (NextLine(reader) is { } line)
		{
			Json message;
			try
			{
				message = Json.Parse(line);
			}
			catch (FormatException)
			{
				Send(Outgoing.Note("A line of the host channel is not JSON and was left out."));
				continue;
			}

			take(message);
		}

		Ending.Exit(ExitCode.ChannelLost);
	}

	private static string? NextLine(StreamReader reader)
	{
		try
		{
			return reader.ReadLine();
		}
		catch (IOException)
		{
			return null;
		}
	}
}
