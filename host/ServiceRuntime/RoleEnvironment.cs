using System;
using System.Collections.Generic;
using System.Diagnostics;

namespace Microsoft.WindowsAzure.ServiceRuntime;

/// <summary>
/// What a role can know of the service and of the instance that it runs in. Every member may be used from any thread.
/// Without a role host only <see cref="IsAvailable"/> and <see cref="TraceSource"/> can be used; every other member
/// throws <see cref="InvalidOperationException"/>.
/// </summary>
public sealed class RoleEnvironment
{
	/// <summary>
	/// Where the runtime tells what it does: 200 and 202 around OnStart, 203 before Run, 500 and 502 around a status check.
	/// </summary>
	public static readonly TraceSource TraceSource =
		new TraceSource("Microsoft.WindowsAzure.ServiceRuntime", SourceLevels.Information);

	private RoleEnvironment()
	{
	}

	/// <summary>Whether this process was started by a role host. Never throws.</summary>
	public static bool IsAvailable
	{
		get { return Fabric.IsConnected; }
	}

	/// <summary>Whether the instance runs on a developer's machine and not in Azure.</summary>
	public static bool IsEmulated
	{
		get { return Fabric.Current.Snapshot.IsEmulated; }
	}

	/// <summary>The id of the deployment, a string without further meaning.</summary>
	public static string DeploymentId
	{
		get { return Fabric.Current.Snapshot.DeploymentId; }
	}

	/// <summary>The instance that this process belongs to.</summary>
	public static RoleInstance CurrentRoleInstance
	{
		get { return Fabric.Current.Snapshot.CurrentInstance; }
	}

	/// <summary>
	/// Every role of the service by its name. Instances of another role are listed only if that role has an internal endpoint.
	/// </summary>
	public static IDictionary<string, Role> Roles
	{
		get { return Fabric.Current.Snapshot.Roles; }
	}

	/// <summary>Before a changed configuration is applied: old values can still be read, and the change can be cancelled.</summary>
	public static event EventHandler<RoleEnvironmentChangingEventArgs> Changing
	{
		add { Fabric.Current.Events.Changing += value; }
		remove { Fabric.Current.Events.Changing -= value; }
	}

	/// <summary>After a changed configuration was applied; not raised in an instance that cancelled the change.</summary>
	public static event EventHandler<RoleEnvironmentChangedEventArgs> Changed
	{
		add { Fabric.Current.Events.Changed += value; }
		remove { Fabric.Current.Events.Changed -= value; }
	}

	/// <summary>
	/// Before a change of topology that reaches all instances at once; only with
	/// <c>topologyChangeDiscovery="Blast"</c> in the service definition.
	/// </summary>
	public static event EventHandler<SimultaneousChangingEventArgs> SimultaneousChanging
	{
		add { Fabric.Current.Events.SimultaneousChanging += value; }
		remove { Fabric.Current.Events.SimultaneousChanging -= value; }
	}

	/// <summary>After a change of topology that reached all instances at once.</summary>
	public static event EventHandler<SimultaneousChangedEventArgs> SimultaneousChanged
	{
		add { Fabric.Current.Events.SimultaneousChanged += value; }
		remove { Fabric.Current.Events.SimultaneousChanged -= value; }
	}

	/// <summary>After the instance has left the load balancer and before OnStop.</summary>
	public static event EventHandler<RoleEnvironmentStoppingEventArgs> Stopping
	{
		add { Fabric.Current.Events.Stopping += value; }
		remove { Fabric.Current.Events.Stopping -= value; }
	}

	/// <summary>At a regular interval: the chance to say that the instance is busy and should get no traffic for now.</summary>
	public static event EventHandler<RoleInstanceStatusCheckEventArgs> StatusCheck
	{
		add { Fabric.Current.Events.StatusCheck += value; }
		remove { Fabric.Current.Events.StatusCheck -= value; }
	}

	/// <summary>The current value of a setting; a changed value can be read after Changing and before Changed.</summary>
	/// <param name="configurationSettingName">The name of the setting in the service definition.</param>
	/// <returns>The value in the service configuration.</returns>
	/// <exception cref="ArgumentNullException">The name is null.</exception>
	/// <exception cref="RoleEnvironmentException">The role has no setting of this name.</exception>
	public static string GetConfigurationSettingValue(string configurationSettingName)
	{
		if (configurationSettingName == null)
		{
			throw new ArgumentNullException("configurationSettingName");
		}

		var snapshot = Fabric.Current.Snapshot;
		string value;
		if (!snapshot.Settings.TryGetValue(configurationSettingName, out value))
		{
			throw new RoleEnvironmentException(
				"The role '" + snapshot.CurrentInstance.Role.Name + "' has no setting '" + configurationSettingName
				+ "': declare it in the service definition and give it a value in the service configuration.");
		}

		return value;
	}

	/// <summary>A folder of the instance that the service definition declares as local storage.</summary>
	/// <param name="localResourceName">The name of the local storage in the service definition.</param>
	/// <returns>The folder, which exists.</returns>
	/// <exception cref="ArgumentNullException">The name is null.</exception>
	/// <exception cref="RoleEnvironmentException">The role has no local storage of this name.</exception>
	public static LocalResource GetLocalResource(string localResourceName)
	{
		if (localResourceName == null)
		{
			throw new ArgumentNullException("localResourceName");
		}

		var snapshot = Fabric.Current.Snapshot;
		LocalResource resource;
		if (!snapshot.LocalResources.TryGetValue(localResourceName, out resource))
		{
			throw new RoleEnvironmentException(
				"The role '" + snapshot.CurrentInstance.Role.Name + "' has no local storage '" + localResourceName
				+ "': declare it under LocalResources in the service definition.");
		}

		return resource;
	}

	/// <summary>
	/// Asks for an orderly restart of this instance: it leaves the load balancer, Stopping and OnStop run, it starts again.
	/// Returns before any of that has happened.
	/// </summary>
	/// <exception cref="RoleEnvironmentException">The host could not be asked.</exception>
	public static void RequestRecycle()
	{
		Fabric.Current.RequestRecycle();
	}
}
