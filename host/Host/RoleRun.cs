using System;
using System.Diagnostics;
using System.Threading;
using Microsoft.WindowsAzure.ServiceRuntime;

namespace Rolewright.Host;

/// <summary>
/// The life of the role's entry point. OnStart runs on the main thread, Run on one of its own, events and OnStop on pool
/// threads one at a time; a status check never waits for them.
/// </summary>
internal sealed class RoleRun(Channel channel, Life life)
{
	private readonly SerialQueue events = new();
	private readonly SerialQueue checks = new();
	private readonly RoleEvents raised = new(channel);
	private volatile RoleEntryPoint? entryPoint;
	private volatile bool started;
	private int stopping;
	private int checking;
	private string? noted;

	/// <summary>Loads the role, calls OnStart and begins Run. Called on the main thread; user code runs from here on.</summary>
	internal void Start()
	{
		Faults.Watch(channel);
		MissingPiece.Watch();
		Fabric.Connect(life.Environment, () => channel.Send(Outgoing.RequestRecycle()));
		if (!TryLoad())
		{
			Ending.Exit(ExitCode.RoleNotLoaded);
		}

		Faults.StayLast();
		if (!OnStart())
		{
			Ending.Exit(ExitCode.OnStartFalse);
		}

		NoteWindowsPaths();
		Faults.StayLast();
		new Thread(Run) { IsBackground = true, Name = "Run" }.Start();
	}

	/// <returns>Whether the message is one that a running role can be told.</returns>
	internal bool Take(string type, Json message)
	{
		if (type == "checkStatus")
		{
			CheckStatus();
			return true;
		}

		var work = raised.For(type, message);
		if (work != null)
		{
			events.Add(work);
		}

		return work != null;
	}

	internal void Stop(bool raiseStopping)
	{
		if (Interlocked.Exchange(ref stopping, 1) != 0)
		{
			return;
		}

		if (!started)
		{
			channel.Send(Outgoing.Note("The instance was stopped while OnStart had not returned; OnStop is not called."));
			Ending.Exit(ExitCode.Stopped);
		}

		events.Add(() => WindUp(raiseStopping));
	}

	private bool TryLoad()
	{
		try
		{
			Surroundings.Prepare(life, channel);
			var type = RoleLoader.FindEntryPoint(life, text => channel.Send(Outgoing.Note(text)));
			entryPoint = RoleLoader.Construct(type);
			return true;
		}
		catch (LoadFailure e)
		{
			channel.Send(Outgoing.Failed(e.Message, e.InnerException == null ? null : RoleError.Of(e.InnerException)));
			return false;
		}
	}

	private bool OnStart()
	{
		var trace = RoleEnvironment.TraceSource;
		trace.TraceEvent(TraceEventType.Information, 200, "Calling OnStart.");
		var result = false;
		// The fabric may ask for a stop as soon as it hears of the end of OnStart, so that end is known here before it is told.
		Call.Make(channel, "OnStart", () => started = result = entryPoint!.OnStart(), json => json.Add("result", result));
		trace.TraceEvent(TraceEventType.Information, 202, "OnStart returned.");
		return result;
	}

	private void Run()
	{
		RoleEnvironment.TraceSource.TraceEvent(TraceEventType.Information, 203, "Calling Run.");
		Call.Make(channel, "Run", entryPoint!.Run);
	}

	private void WindUp(bool raiseStopping)
	{
		if (raiseStopping)
		{
			raised.Stopping();
		}

		Call.Make(channel, "OnStop", entryPoint!.OnStop);
		NoteWindowsPaths();
		Ending.Exit(ExitCode.Stopped);
	}

	/// <summary>Each finding once: at the start, and at the stop if it is another then.</summary>
	private void NoteWindowsPaths()
	{
		if (WindowsPaths.Note(life.CodeFolder) is { } text && text != noted)
		{
			noted = text;
			channel.Send(Outgoing.Note(text));
		}
	}

	/// <summary>A check that comes while one is still being answered is dropped: the fabric hears no answer, as it should.</summary>
	private void CheckStatus()
	{
		if (Interlocked.Exchange(ref checking, 1) != 0)
		{
			return;
		}

		checks.Add(() =>
		{
			var busy = raised.StatusCheck();

			// Before the answer, because the next check may follow it at once.
			Volatile.Write(ref checking, 0);
			channel.Send(Outgoing.Status(busy));
		});
	}
}
