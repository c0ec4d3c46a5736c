using System;
using System.Collections.Generic;
using System.Threading;

namespace Rolewright.Host;

/// <summary>Runs pieces of work on pool threads, one at a time and in order. An exception in one is not caught.</summary>
internal sealed class SerialQueue
{
	private readonly Queue<Action> waiting = new();
	private bool running;

	internal void Add(Action work)
	{
		lock (waiting)
		{
			waiting.Enqueue(work);
			if (running)
			{
				return;
			}

			running = true;
		}

		ThreadPool.QueueUserWorkItem(_ => RunAll());
	}

	private void RunAll()
	{
		while (Next() is { } work)
		{
			work();
		}
	}

	private Action? Next()
	{
		lock (waiting)
		{
			running = waiting.Count > 0;
			return running ? waiting.Dequeue() : null;
		}
	}
}
