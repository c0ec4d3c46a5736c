using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.ComponentModel;

namespace Microsoft.WindowsAzure.ServiceRuntime;

/// <summary>
/// A configuration that is about to be applied. Setting <see cref="CancelEventArgs.Cancel"/> takes the instance offline and
/// starts it again with the new values, instead of applying them while it runs.
/// </summary>
public class RoleEnvironmentChangingEventArgs : CancelEventArgs
{
	private readonly ReadOnlyCollection<RoleEnvironmentChange> changes;

	internal RoleEnvironmentChangingEventArgs(IList<RoleEnvironmentChange> changes)
	{
		this.changes = new ReadOnlyCollection<RoleEnvironmentChange>(changes);
	}

	/// <summary>What is about to change.</summary>
	public ReadOnlyCollection<RoleEnvironmentChange> Changes
	{
		get { return changes; }
	}
}
