using System.Collections.Generic;

namespace Microsoft.WindowsAzure.ServiceRuntime;

/// <summary>Everything that role code can read of its service at one moment. Made by the host, never changed.</summary>
internal sealed class EnvironmentSnapshot
{
	internal string DeploymentId { get; set; }

	internal bool IsEmulated { get; set; }

	internal RoleInstance CurrentInstance { get; set; }

	internal IDictionary<string, Role> Roles { get; set; }

	internal IDictionary<string, string> Settings { get; set; }

	internal IDictionary<string, LocalResource> LocalResources { get; set; }
}
