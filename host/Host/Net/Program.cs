namespace Rolewright.Host;

internal static class Program
{
	private static int Main()
	{
		return HostProcess.Run();
	}
}
