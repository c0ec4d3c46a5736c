using System;

namespace Microsoft.WindowsAzure.ServiceRuntime;

/// <summary>One status check. Each begins as <see cref="RoleInstanceStatus.Ready"/>.</summary>
public class RoleInstanceStatusCheckEventArgs : EventArgs
{
	private RoleInstanceStatus status = RoleInstanceStatus.Ready;

	/// <summary>Initializes the arguments of a check that nobody has answered yet.</summary>
	public RoleInstanceStatusCheckEventArgs()
	{
	}

	/// <summary>The answer so far.</summary>
	public RoleInstanceStatus Status
	{
		get { return status; }
	}

	/// <summary>Answers that the instance is busy. It holds for this check only: who wants to stay busy says so at every check.</summary>
	public void SetBusy()
	{
		status = RoleInstanceStatus.Busy;
	}
}
