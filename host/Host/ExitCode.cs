namespace Rolewright.Host;

/// <summary>The exit codes of the host, as docs/host-channel.md names them. Any other code is the role's own.</summary>
internal static class ExitCode
{
	internal const int Stopped = 0;
	internal const int OnStartFalse = 3;
	internal const int UnhandledException = 4;
	internal const int RoleNotLoaded = 5;
	internal const int ChannelLost = 6;
}
