namespace Microsoft.WindowsAzure.ServiceRuntime;

/// <summary>What an instance says of itself when it is asked.</summary>
public enum RoleInstanceStatus
{
	/// <summary>It takes traffic.</summary>
	Ready = 0,

	/// <summary>It should get no traffic for now.</summary>
	Busy = 1,
}
