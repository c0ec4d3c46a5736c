using System.Collections.Generic;

namespace Microsoft.WindowsAzure.Diagnostics;

/// <summary>Which folders are collected.</summary>
public class DirectoriesBufferConfiguration : DiagnosticDataBufferConfiguration
{
	private readonly IList<DirectoryConfiguration> dataSources = new List<DirectoryConfiguration>();

	/// <summary>Initializes a configuration without folders.</summary>
	public DirectoriesBufferConfiguration()
	{
	}

	/// <summary>The folders.</summary>
	public IList<DirectoryConfiguration> DataSources
	{
		get { return dataSources; }
	}
}
