using System;

namespace Microsoft.WindowsAzure.Diagnostics.Management;

/// <summary>
/// The diagnostics of one instance. A configuration can be set and read back within this process; nothing is collected, so
/// nothing can be transferred.
/// </summary>
public class RoleInstanceDiagnosticManager
{
	private DiagnosticMonitorConfiguration configuration;

	internal RoleInstanceDiagnosticManager(string deploymentId, string roleName, string roleInstanceId)
	{
		DeploymentId = deploymentId;
		RoleName = roleName;
		RoleInstanceId = roleInstanceId;
	}

	/// <summary>Whether storage may be reached without TLS. Kept, and without effect.</summary>
	public static bool AllowInsecureRemoteConnections { get; set; }

	/// <summary>The id of the deployment.</summary>
	public string DeploymentId { get; private set; }

	/// <summary>The name of the role.</summary>
	public string RoleName { get; private set; }

	/// <summary>The id of the instance.</summary>
	public string RoleInstanceId { get; private set; }

	/// <summary>The configuration that was set last.</summary>
	/// <returns>The configuration, or null where none was set.</returns>
	public DiagnosticMonitorConfiguration GetCurrentConfiguration()
	{
		return configuration;
	}

	/// <summary>Keeps a configuration for <see cref="GetCurrentConfiguration"/>.</summary>
	/// <param name="newConfiguration">The configuration.</param>
	/// <exception cref="ArgumentNullException">The configuration is null.</exception>
	public void SetCurrentConfiguration(DiagnosticMonitorConfiguration newConfiguration)
	{
		if (newConfiguration == null)
		{
			throw new ArgumentNullException("newConfiguration");
		}

		configuration = newConfiguration;
	}

	/// <summary>Cannot be done here, because nothing is collected.</summary>
	/// <param name="sourceBufferName">What should be sent.</param>
	/// <returns>Never.</returns>
	/// <exception cref="NotSupportedException">Always.</exception>
	public Guid BeginOnDemandTransfer(DataBufferName sourceBufferName)
	{
		throw NothingCollected();
	}

	/// <summary>Cannot be done here, because nothing is collected.</summary>
	/// <param name="sourceBufferName">What should be sent.</param>
	/// <param name="onDemandTransferOptions">What should be sent of it.</param>
	/// <returns>Never.</returns>
	/// <exception cref="NotSupportedException">Always.</exception>
	public Guid BeginOnDemandTransfer(DataBufferName sourceBufferName, OnDemandTransferOptions onDemandTransferOptions)
	{
		throw NothingCollected();
	}

	private static NotSupportedException NothingCollected()
	{
		return new NotSupportedException(
			"Diagnostic data cannot be transferred, because nothing is collected on a developer's machine: trace lines go to the output of the instance.");
	}
}
