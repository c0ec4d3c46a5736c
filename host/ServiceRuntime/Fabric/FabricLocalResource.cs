namespace Microsoft.WindowsAzure.ServiceRuntime;

/// <summary>A local resource as the fabric describes it.</summary>
internal sealed class FabricLocalResource : LocalResource
{
	private readonly string name;
	private readonly string rootPath;
	private readonly int maximumSizeInMegabytes;

	internal FabricLocalResource(string name, string rootPath, int maximumSizeInMegabytes)
	{
		this.name = name;
		this.rootPath = rootPath;
		this.maximumSizeInMegabytes = maximumSizeInMegabytes;
	}

	public override string Name
	{
		get { return name; }
	}

	public override string RootPath
	{
		get { return rootPath; }
	}

	public override int MaximumSizeInMegabytes
	{
		get { return maximumSizeInMegabytes; }
	}
}
