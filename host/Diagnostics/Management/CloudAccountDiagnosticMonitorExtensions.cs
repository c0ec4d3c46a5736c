using System;

namespace Microsoft.WindowsAzure.Diagnostics.Management;

/// <summary>Makes diagnostics managers for a storage account.</summary>
public static class CloudAccountDiagnosticMonitorExtensions
{
	/// <summary>Makes the manager of one instance.</summary>
	/// <param name="connectionString">The connection string of the storage account; not used.</param>
	/// <param name="deploymentId">The id of the deployment.</param>
	/// <param name="roleName">The name of the role.</param>
	/// <param name="roleInstanceId">The id of the instance.</param>
	/// <returns>The manager.</returns>
	/// <exception cref="ArgumentNullException">The connection string or the id of the deployment is null.</exception>
	public static RoleInstanceDiagnosticManager CreateRoleInstanceDiagnosticManager(
		string connectionString, string deploymentId, string roleName, string roleInstanceId)
	{
		return CreateRoleInstanceDiagnosticManager((object)connectionString, deploymentId, roleName, roleInstanceId);
	}

	/// <summary>Makes the manager of one instance.</summary>
	/// <param name="storageAccount">
	/// The storage account; not used. Its type in Azure is that of the storage library, which this assembly does not refer to.
	/// </param>
	/// <param name="deploymentId">The id of the deployment.</param>
	/// <param name="roleName">The name of the role.</param>
	/// <param name="roleInstanceId">The id of the instance.</param>
	/// <returns>The manager.</returns>
	/// <exception cref="ArgumentNullException">The account or the id of the deployment is null.</exception>
	public static RoleInstanceDiagnosticManager CreateRoleInstanceDiagnosticManager(
		this object storageAccount, string deploymentId, string roleName, string roleInstanceId)
	{
		return new DeploymentDiagnosticManager(storageAccount, deploymentId).GetRoleInstanceDiagnosticManager(roleName, roleInstanceId);
	}

	/// <summary>Makes the manager of a deployment.</summary>
	/// <param name="storageAccount">
	/// The storage account; not used. Its type in Azure is that of the storage library, which this assembly does not refer to.
	/// </param>
	/// <param name="deploymentId">The id of the deployment.</param>
	/// <returns>The manager.</returns>
	/// <exception cref="ArgumentNullException">An argument is null.</exception>
	public static DeploymentDiagnosticManager CreateDeploymentDiagnosticManager(this object storageAccount, string deploymentId)
	{
		return new DeploymentDiagnosticManager(storageAccount, deploymentId);
	}
}
