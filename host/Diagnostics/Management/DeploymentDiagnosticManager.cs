using System;
using System.Collections.Generic;

namespace Microsoft.WindowsAzure.Diagnostics.Management;

/// <summary>The diagnostics of a deployment: one manager per instance, made when it is asked for.</summary>
public class DeploymentDiagnosticManager
{
	private readonly string deploymentId;
	private readonly Dictionary<string, RoleInstanceDiagnosticManager> managers =
		new Dictionary<string, RoleInstanceDiagnosticManager>();

	/// <summary>Initializes the manager.</summary>
	/// <param name="connectionString">The connection string of the storage account; not used.</param>
	/// <param name="deploymentId">The id of the deployment.</param>
	/// <exception cref="ArgumentNullException">An argument is null.</exception>
	public DeploymentDiagnosticManager(string connectionString, string deploymentId)
		: this((object)connectionString, deploymentId)
	{
	}

	/// <summary>Initializes the manager.</summary>
	/// <param name="storageAccount">
	/// The storage account; not used. Its type in Azure is that of the storage library, which this assembly does not refer to.
	/// </param>
	/// <param name="deploymentId">The id of the deployment.</param>
	/// <exception cref="ArgumentNullException">An argument is null.</exception>
	public DeploymentDiagnosticManager(object storageAccount, string deploymentId)
	{
		if (storageAccount == null)
		{
			throw new ArgumentNullException("storageAccount");
		}

		if (deploymentId == null)
		{
			throw new ArgumentNullException("deploymentId");
		}

		this.deploymentId = deploymentId;
	}

	/// <summary>Whether storage may be reached without TLS. Kept, and without effect.</summary>
	public static bool AllowInsecureRemoteConnections { get; set; }

	/// <summary>Cannot be done here: Azure read the names from a storage account that nothing is written to.</summary>
	/// <returns>Never.</returns>
	/// <exception cref="NotSupportedException">Always.</exception>
	public IEnumerable<string> GetRoleNames()
	{
		throw NothingWritten("RoleEnvironment.Roles has the roles of the service.");
	}

	/// <summary>Cannot be done here: Azure read the ids from a storage account that nothing is written to.</summary>
	/// <param name="roleName">The name of the role.</param>
	/// <returns>Never.</returns>
	/// <exception cref="NotSupportedException">Always.</exception>
	public IEnumerable<string> GetRoleInstanceIdsForRole(string roleName)
	{
		throw NothingWritten("RoleEnvironment.Roles[name].Instances has the instances of a role.");
	}

	/// <summary>The diagnostics of one instance; the same object each time it is asked for.</summary>
	/// <param name="roleName">The name of the role.</param>
	/// <param name="roleInstanceId">The id of the instance.</param>
	/// <returns>The manager of that instance.</returns>
	public RoleInstanceDiagnosticManager GetRoleInstanceDiagnosticManager(string roleName, string roleInstanceId)
	{
		lock (managers)
		{
			var key = roleName + "/" + roleInstanceId;
			RoleInstanceDiagnosticManager manager;
			if (!managers.TryGetValue(key, out manager))
			{
				manager = new RoleInstanceDiagnosticManager(deploymentId, roleName, roleInstanceId);
				managers.Add(key, manager);
			}

			return manager;
		}
	}

	private static NotSupportedException NothingWritten(string instead)
	{
		return new NotSupportedException(
			"This cannot be read, because no diagnostic data is written to storage on a developer's machine. " + instead);
	}
}
