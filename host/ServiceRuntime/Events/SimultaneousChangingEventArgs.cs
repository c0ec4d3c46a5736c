using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;

namespace Microsoft.WindowsAzure.ServiceRuntime;

/// <summary>A change of topology that is about to reach all instances at once; it cannot be cancelled.</summary>
public class SimultaneousChangingEventArgs : EventArgs
{
	private readonly ReadOnlyCollection<SimultaneousChange> changes;

	internal SimultaneousChangingEventArgs(IList<SimultaneousChange> changes)
	{
		this.changes = new ReadOnlyCollection<SimultaneousChange>(changes);
	}

	/// <summary>What is about to change.</summary>
	public ReadOnlyCollection<SimultaneousChange> Changes
	{
		get { return changes; }
	}
}
