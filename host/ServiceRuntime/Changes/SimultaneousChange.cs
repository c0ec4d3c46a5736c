namespace Microsoft.WindowsAzure.ServiceRuntime;

/// <summary>A change that reaches all instances at once and cannot be cancelled.</summary>
public abstract class SimultaneousChange : RoleEnvironmentChange
{
	/// <summary>Initializes the base of a change.</summary>
	protected SimultaneousChange()
	{
	}
}
