using System;
using System.Collections.Generic;

namespace Microsoft.WindowsAzure.ServiceRuntime;

/// <summary>Holds the handlers of role code and raises the events for the host. The sender is null, as it was in Azure.</summary>
internal sealed class FabricEvents
{
	internal event EventHandler<RoleEnvironmentChangingEventArgs> Changing;

	internal event EventHandler<RoleEnvironmentChangedEventArgs> Changed;

	internal event EventHandler<SimultaneousChangingEventArgs> SimultaneousChanging;

	internal event EventHandler<SimultaneousChangedEventArgs> SimultaneousChanged;

	internal event EventHandler<RoleEnvironmentStoppingEventArgs> Stopping;

	internal event EventHandler<RoleInstanceStatusCheckEventArgs> StatusCheck;

	/// <returns>Whether a handler cancelled the change.</returns>
	internal bool RaiseChanging(IList<RoleEnvironmentChange> changes)
	{
		var arguments = new RoleEnvironmentChangingEventArgs(changes);
		Raise(Changing, arguments);
		return arguments.Cancel;
	}

	internal void RaiseChanged(IList<RoleEnvironmentChange> changes)
	{
		Raise(Changed, new RoleEnvironmentChangedEventArgs(changes));
	}

	internal void RaiseSimultaneousChanging(IList<SimultaneousChange> changes)
	{
		Raise(SimultaneousChanging, new SimultaneousChangingEventArgs(changes));
	}

	internal void RaiseSimultaneousChanged(IList<SimultaneousChange> changes)
	{
		Raise(SimultaneousChanged, new SimultaneousChangedEventArgs(changes));
	}

	internal void RaiseStopping()
	{
		Raise(Stopping, new RoleEnvironmentStoppingEventArgs());
	}

	internal RoleInstanceStatus RaiseStatusCheck()
	{
		var arguments = new RoleInstanceStatusCheckEventArgs();
		Raise(StatusCheck, arguments);
		return arguments.Status;
	}

	private static void Raise<TArguments>(EventHandler<TArguments> handlers, TArguments arguments)
		where TArguments : EventArgs
	{
		if (handlers != null)
		{
			handlers(null, arguments);
		}
	}
}
