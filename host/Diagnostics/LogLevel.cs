namespace Microsoft.WindowsAzure.Diagnostics;

/// <summary>How grave an entry must be to be transferred.</summary>
public enum LogLevel
{
	/// <summary>Every entry.</summary>
	Undefined = 0,

	/// <summary>Critical entries.</summary>
	Critical = 1,

	/// <summary>Errors and graver.</summary>
	Error = 2,

	/// <summary>Warnings and graver.</summary>
	Warning = 3,

	/// <summary>Information and graver.</summary>
	Information = 4,

	/// <summary>Every entry with a level.</summary>
	Verbose = 5,
}
