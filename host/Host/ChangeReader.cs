using System.Collections.Generic;
using Microsoft.WindowsAzure.ServiceRuntime;

namespace Rolewright.Host;

/// <summary>Reads the list of changes of a message. A kind that is not known is left out.</summary>
internal static class ChangeReader
{
	internal static List<RoleEnvironmentChange> Read(Json message)
	{
		var changes = new List<RoleEnvironmentChange>();
		foreach (var change in message.GetProperty("changes").Items)
		{
			switch (change.GetProperty("kind").GetString())
			{
				case "setting":
					changes.Add(new RoleEnvironmentConfigurationSettingChange(change.GetProperty("name").GetString()));
					break;
				case "topology":
					changes.Add(new RoleEnvironmentTopologyChange(change.GetProperty("role").GetString()));
					break;
				case "certificate":
					changes.Add(new RoleEnvironmentCertificateChange(change.GetProperty("thumbprint").GetString()));
					break;
			}
		}

		return changes;
	}

	/// <summary>Only changes of topology reach all instances at once.</summary>
	internal static List<SimultaneousChange> ReadSimultaneous(Json message)
	{
		var changes = new List<SimultaneousChange>();
		foreach (var change in message.GetProperty("changes").Items)
		{
			if (change.GetProperty("kind").GetString() == "topology")
			{
				changes.Add(new SimultaneousTopologyChange(change.GetProperty("role").GetString()));
			}
		}

		return changes;
	}
}
