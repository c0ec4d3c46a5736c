using System;

namespace Microsoft.WindowsAzure.ServiceRuntime;

/// <summary>The instance is about to stop.</summary>
public class RoleEnvironmentStoppingEventArgs : EventArgs
{
	/// <summary>Initializes the arguments.</summary>
	public RoleEnvironmentStoppingEventArgs()
	{
	}
}
