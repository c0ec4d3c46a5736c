using System.Collections.Generic;
using System.Net;
using Microsoft.WindowsAzure.ServiceRuntime;

namespace Rolewright.Host;

/// <summary>Reads the role environment of the channel into what role code sees.</summary>
internal static class EnvironmentReader
{
	internal static EnvironmentSnapshot Read(Json environment)
	{
		var roles = new Dictionary<string, Role>();
		var own = environment.GetProperty("instanceId").GetString();
		RoleInstance? current = null;
		foreach (var described in environment.GetProperty("roles").Items)
		{
			var role = new FabricRole(described.GetProperty("name").GetString());
			roles[role.Name] = role;
			foreach (var instance in described.GetProperty("instances").Items)
			{
				var read = ReadInstance(instance, role);
				role.Add(read);
				current = read.Id == own ? read : current;
			}
		}

		return new EnvironmentSnapshot
		{
			DeploymentId = environment.GetProperty("deploymentId").GetString(),
			IsEmulated = environment.GetProperty("emulated").GetBoolean(),
			CurrentInstance = current ?? OwnInstance(environment, own, roles),
			Roles = new ReadOnlyMap<string, Role>(roles),
			Settings = ReadSettings(environment.GetProperty("settings")),
			LocalResources = ReadLocalResources(environment.GetProperty("localResources")),
		};
	}

	/// <summary>The own instance is always visible, also where the description of its role lacks it.</summary>
	private static FabricRoleInstance OwnInstance(Json environment, string id, Dictionary<string, Role> roles)
	{
		var name = environment.GetProperty("roleName").GetString();
		var role = roles.TryGetValue(name, out var known) ? (FabricRole)known : new FabricRole(name);
		roles[name] = role;
		var instance = new FabricRoleInstance(
			id, environment.GetProperty("updateDomain").GetInt32(), environment.GetProperty("faultDomain").GetInt32(), role);
		role.Add(instance);
		return instance;
	}

	private static FabricRoleInstance ReadInstance(Json described, Role role)
	{
		var instance = new FabricRoleInstance(
			described.GetProperty("id").GetString(),
			described.GetProperty("updateDomain").GetInt32(),
			described.GetProperty("faultDomain").GetInt32(),
			role);
		foreach (var endpoint in described.GetProperty("endpoints").Items)
		{
			instance.Add(endpoint.GetProperty("name").GetString(), ReadEndpoint(endpoint, instance));
		}

		return instance;
	}

	private static FabricEndpoint ReadEndpoint(Json endpoint, RoleInstance instance)
	{
		var address = IPAddress.Parse(endpoint.GetProperty("address").GetString());
		var publicAddress = endpoint.TryGetProperty("publicPort") is { } port ? new IPEndPoint(address, port.GetInt32()) : null;
		return new FabricEndpoint(
			instance,
			endpoint.GetProperty("protocol").GetString(),
			new IPEndPoint(address, endpoint.GetProperty("port").GetInt32()),
			publicAddress);
	}

	private static Dictionary<string, string> ReadSettings(Json settings)
	{
		var read = new Dictionary<string, string>();
		foreach (var setting in settings.Properties)
		{
			read[setting.Key] = setting.Value.GetString();
		}

		return read;
	}

	private static Dictionary<string, LocalResource> ReadLocalResources(Json resources)
	{
		var read = new Dictionary<string, LocalResource>();
		foreach (var resource in resources.Items)
		{
			var name = resource.GetProperty("name").GetString();
			read[name] = new FabricLocalResource(
				name, resource.GetProperty("path").GetString(), resource.GetProperty("sizeInMB").GetInt32());
		}

		return read;
	}
}
