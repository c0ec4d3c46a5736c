using System;
using System.Globalization;
using System.IO;

namespace Microsoft.WindowsAzure.Diagnostics;

/// <summary>
/// Crash dumps of the role. A dump of the memory is not written here, but a note is: the exception that nobody caught, with
/// its stack, in a file of its own.
/// </summary>
public static class CrashDumps
{
	private static volatile string directory;

	/// <summary>From now on a crash leaves a note in the folder <c>CrashDumps</c> of the local data.</summary>
	/// <param name="enableFullDumps">Whether dumps should be full; a note has one size only.</param>
	public static void EnableCollection(bool enableFullDumps)
	{
		directory = Path.Combine(DiagnosticMonitor.LocalDataDirectory, "CrashDumps");
	}

	/// <summary>From now on a crash leaves a note in this folder.</summary>
	/// <param name="directory">The folder; it is made when the note is written.</param>
	/// <param name="enableFullDumps">Whether dumps should be full; a note has one size only.</param>
	/// <exception cref="ArgumentNullException">The directory is null.</exception>
	public static void EnableCollectionToDirectory(string directory, bool enableFullDumps)
	{
		if (directory == null)
		{
			throw new ArgumentNullException("directory");
		}

		CrashDumps.directory = directory;
	}

	/// <summary>Called by the host when the process is about to end. A folder that cannot be written is no further trouble.</summary>
	/// <returns>The file; null where no notes were asked for, or none could be written.</returns>
	internal static string Write(Exception exception)
	{
		var folder = directory;
		if (folder == null)
		{
			return null;
		}

		try
		{
			Directory.CreateDirectory(folder);
			var name = string.Format(CultureInfo.InvariantCulture, "crash-{0:yyyyMMdd-HHmmss-fff}.txt", DateTime.UtcNow);
			var file = Path.Combine(folder, name);
			File.WriteAllText(file, exception + Environment.NewLine);
			return file;
		}
		catch (Exception e)
		{
			if (e is IOException || e is UnauthorizedAccessException || e is ArgumentException || e is NotSupportedException)
			{
				return null;
			}

			throw;
		}
	}
}
