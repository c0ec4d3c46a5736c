namespace Microsoft.WindowsAzure.ServiceRuntime;

/// <summary>A folder of the instance that the service definition declares as local storage.</summary>
public abstract class LocalResource
{
	internal LocalResource()
	{
	}

	/// <summary>The name in the service definition.</summary>
	public abstract string Name { get; }

	/// <summary>The full path of the folder, with a separator at its end.</summary>
	public abstract string RootPath { get; }

	/// <summary>The size that the service definition reserves, in megabytes. It is not enforced here.</summary>
	public abstract int MaximumSizeInMegabytes { get; }
}
