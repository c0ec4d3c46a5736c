using System;
using System.Runtime.Serialization;

namespace Microsoft.WindowsAzure.ServiceRuntime;

/// <summary>Something was asked of the role environment that the service does not have, or that could not be done.</summary>
/// <remarks>
/// Role code can catch it but not make it: no constructor is public. The test doubles of existing projects call the one
/// with a message by reflection, so that one has to stay.
/// </remarks>
[Serializable]
public class RoleEnvironmentException : Exception
{
	private RoleEnvironmentException()
	{
	}

	internal RoleEnvironmentException(string message)
		: base(message)
	{
	}

	internal RoleEnvironmentException(string message, Exception innerException)
		: base(message, innerException)
	{
	}

	internal RoleEnvironmentException(string message, int errorCode)
		: base(message)
	{
		HResult = errorCode;
	}

	private RoleEnvironmentException(SerializationInfo info, StreamingContext context)
		: base(info, context)
	{
	}
}
