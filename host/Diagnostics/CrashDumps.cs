using System;

namespace Microsoft.WindowsAzure.Diagnostics;

/// <summary>
/// Crash dumps of the role. None are written here: an exception that nobody catches is told with its file and line instead.
/// </summary>
public static class CrashDumps
{
	/// <summary>Accepted, and without effect.</summary>
	/// <param name="enableFullDumps">Whether dumps should be full; not used.</param>
	public static void EnableCollection(bool enableFullDumps)
	{
	}

	/// <summary>Accepted, and without effect.</summary>
	/// <param name="directory">Where dumps should be written; not used.</param>
	/// <param name="enableFullDumps">Whether dumps should be full; not used.</param>
	/// <exception cref="ArgumentNullException">The directory is null.</exception>
	public static void EnableCollectionToDirectory(string directory, bool enableFullDumps)
	{
		if (directory == null)
		{
			throw new ArgumentNullException("directory");
		}
	}
}
