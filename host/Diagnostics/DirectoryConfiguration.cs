namespace Microsoft.WindowsAzure.Diagnostics;

/// <summary>One folder whose files are collected.</summary>
public class DirectoryConfiguration
{
	/// <summary>Initializes a folder without a path.</summary>
	public DirectoryConfiguration()
	{
	}

	/// <summary>The full path.</summary>
	public string Path { get; set; }

	/// <summary>The container of the storage account that the files go to.</summary>
	public string Container { get; set; }

	/// <summary>The size of the folder, in megabytes.</summary>
	public int DirectoryQuotaInMB { get; set; }
}
