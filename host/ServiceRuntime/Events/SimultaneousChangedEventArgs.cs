using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;

namespace Microsoft.WindowsAzure.ServiceRuntime;

/// <summary>A change of topology that reached all instances at once.</summary>
public class SimultaneousChangedEventArgs : EventArgs
{
	private readonly ReadOnlyCollection<SimultaneousChange> changes;

	internal SimultaneousChangedEventArgs(IList<SimultaneousChange> changes)
	{
		this.changes = new ReadOnlyCollection<SimultaneousChange>(changes);
	}

	/// <summary>What changed.</summary>
	public ReadOnlyCollection<SimultaneousChange> Changes
	{
		get { return changes; }
	}
}
