using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;

namespace Microsoft.WindowsAzure.ServiceRuntime;

/// <summary>A configuration that was applied while the instance runs.</summary>
public class RoleEnvironmentChangedEventArgs : EventArgs
{
	private readonly ReadOnlyCollection<RoleEnvironmentChange> changes;

	internal RoleEnvironmentChangedEventArgs(IList<RoleEnvironmentChange> changes)
	{
		this.changes = new ReadOnlyCollection<RoleEnvironmentChange>(changes);
	}

	/// <summary>What changed.</summary>
	public ReadOnlyCollection<RoleEnvironmentChange> Changes
	{
		get { return changes; }
	}
}
