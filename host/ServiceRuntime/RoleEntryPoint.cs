using System.Threading;

namespace Microsoft.WindowsAzure.ServiceRuntime;

/// <summary>
/// The class that a role derives from to take part in its own life: it is constructed once per process, then
/// <see cref="OnStart"/>, <see cref="Run"/> and <see cref="OnStop"/> are called.
/// </summary>
public abstract class RoleEntryPoint
{
	/// <summary>Initializes the entry point; the runtime calls it, before <see cref="OnStart"/>.</summary>
	protected RoleEntryPoint()
	{
	}

	/// <summary>
	/// Prepares the instance. It is busy meanwhile and gets no traffic; there is no time limit.
	/// An exception that leaves this method ends the process, and the instance starts again.
	/// </summary>
	/// <returns>True to go on with <see cref="Run"/>; false ends the process, and the instance starts again. The base class returns true.</returns>
	public virtual bool OnStart()
	{
		return true;
	}

	/// <summary>
	/// Does the work of the role, on a thread of its own, for as long as the instance lives. Returning recycles the instance.
	/// The base class never returns.
	/// </summary>
	public virtual void Run()
	{
		Thread.Sleep(Timeout.Infinite);
	}

	/// <summary>
	/// Winds the instance up, after the Stopping event and while <see cref="Run"/> may still be running. The process ends when
	/// it returns, or at the limit of five minutes. The base class does nothing.
	/// </summary>
	public virtual void OnStop()
	{
	}
}
