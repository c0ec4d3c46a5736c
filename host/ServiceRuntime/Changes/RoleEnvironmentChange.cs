namespace Microsoft.WindowsAzure.ServiceRuntime;

/// <summary>One difference between the old configuration and the new one; its class says of which kind.</summary>
public abstract class RoleEnvironmentChange
{
	/// <summary>Initializes the base of a change.</summary>
	protected RoleEnvironmentChange()
	{
	}
}
