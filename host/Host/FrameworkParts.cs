using System;
using System.Collections.Generic;

namespace Rolewright.Host;

/// <summary>
/// A part of .NET Framework that .NET does not bring. <c>Package</c>: there is a NuGet package of the same name.
/// </summary>
internal sealed record FrameworkPart(string What, bool Package = false);

/// <summary>The assemblies of .NET Framework that role code meets and .NET does not have, by simple name.</summary>
internal static class FrameworkParts
{
	private static readonly FrameworkPart Wcf = new("WCF");
	private static readonly FrameworkPart AspNet = new("ASP.NET");
	private static readonly FrameworkPart Workflow = new("Windows Workflow Foundation");
	private static readonly FrameworkPart Desktop = new("the Windows desktop");

	private static readonly Dictionary<string, FrameworkPart> Parts = new(StringComparer.OrdinalIgnoreCase)
	{
		["System.ServiceModel"] = Wcf,
		["System.ServiceModel.Web"] = Wcf,
		["System.ServiceModel.Activation"] = Wcf,
		["System.ServiceModel.Discovery"] = Wcf,
		["System.ServiceModel.Routing"] = Wcf,
		["System.IdentityModel"] = Wcf,
		["System.IdentityModel.Services"] = Wcf,
		["System.IdentityModel.Selectors"] = Wcf,
		["Microsoft.Web.Administration"] = new("the administration of IIS"),
		["System.Web.Extensions"] = AspNet,
		["System.Web.Services"] = AspNet,
		["System.Web.ApplicationServices"] = AspNet,
		["System.Web.DynamicData"] = AspNet,
		["System.Web.Abstractions"] = AspNet,
		["System.Web.Routing"] = AspNet,
		["System.Activities"] = Workflow,
		["System.Workflow.Runtime"] = Workflow,
		["System.Workflow.Activities"] = Workflow,
		["System.Workflow.ComponentModel"] = Workflow,
		["System.Xaml"] = Desktop,
		["System.Windows.Forms"] = Desktop,
		["PresentationFramework"] = Desktop,
		["PresentationCore"] = Desktop,
		["WindowsBase"] = Desktop,
		["System.Data.Services.Client"] = new("the client of WCF Data Services"),
		["System.Data.Services"] = new("WCF Data Services"),
		["System.Data.Entity"] = new("the first Entity Framework"),
		["System.Data.Linq"] = new("LINQ to SQL"),
		["System.Messaging"] = new("message queuing of Windows"),
		["System.EnterpriseServices"] = new("COM+"),
		["System.Runtime.Remoting"] = new("remoting"),
		["System.Management"] = new("the management interface of Windows", true),
		["System.DirectoryServices"] = new("the client of Active Directory", true),
		["System.DirectoryServices.AccountManagement"] = new("the client of Active Directory", true),
		["System.DirectoryServices.Protocols"] = new("the client of LDAP", true),
		["System.Runtime.Caching"] = new("a library of its own", true),
		["System.ComponentModel.Composition"] = new("a library of its own", true),
		["System.CodeDom"] = new("a library of its own", true),
		["System.Data.SqlClient"] = new("a library of its own", true),
		["System.Data.Odbc"] = new("a library of its own", true),
		["System.Data.OleDb"] = new("a library of its own", true),
		["System.Diagnostics.EventLog"] = new("the event log of Windows", true),
		["System.Diagnostics.PerformanceCounter"] = new("the performance counters of Windows", true),
		["System.Drawing.Common"] = new("the drawing library of Windows", true),
		["System.IO.Packaging"] = new("a library of its own", true),
		["System.IO.Ports"] = new("a library of its own", true),
		["System.Security.Cryptography.Pkcs"] = new("a library of its own", true),
		["System.Security.Cryptography.ProtectedData"] = new("the data protection of Windows", true),
		["System.Security.Cryptography.Xml"] = new("a library of its own", true),
		["System.ServiceModel.Syndication"] = new("a library of its own", true),
		["System.ServiceProcess.ServiceController"] = new("Windows services", true),
	};

	internal static FrameworkPart? Find(string simpleName)
	{
		return Parts.GetValueOrDefault(simpleName);
	}
}
