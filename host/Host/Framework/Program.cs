using System;
using System.Threading;

namespace Rolewright.Host;

/// <summary>
/// Starts twice: first as a process, with the role's assembly as its argument, then in the domain that is made for the role.
/// </summary>
internal static class Program
{
	private static int Main(string[] arguments)
	{
		if (!AppDomain.CurrentDomain.IsDefaultAppDomain())
		{
			return InDomainOfRole();
		}

		if (arguments.Length != 1)
		{
			Console.Error.WriteLine("This program is started by Rolewright for an instance of a role; it does nothing on its own. Use 'rolewright run'.");
			return ExitCode.RoleNotLoaded;
		}

		return RoleDomain.Execute(arguments[0]);
	}

	/// <summary>
	/// A thread that was born in this domain: an exception that nobody catches there is told in this domain, and not carried
	/// into the first one.
	/// </summary>
	private static int InDomainOfRole()
	{
		RoleDomain.AnswerForStandIns();
		MonoWeb.KeepConfiguration();
		var code = ExitCode.Stopped;
		var main = new Thread(() => code = HostProcess.Run()) { Name = "Main" };
		main.Start();
		main.Join();
		return code;
	}
}
