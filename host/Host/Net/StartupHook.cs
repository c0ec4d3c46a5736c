using Rolewright.Host;

/// <summary>
/// What .NET calls in a process before its own program, where <c>DOTNET_STARTUP_HOOKS</c> names this assembly: the process
/// that serves a site of a web role. The runtime finds it by this name, outside of any namespace.
/// </summary>
internal static class StartupHook
{
	public static void Initialize()
	{
		SiteEnvironment.Offer();
	}
}
