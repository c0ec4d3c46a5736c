using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Reflection;

namespace Rolewright.Host;

/// <summary>An exception of role code as the journal shows it: what was thrown, and the first place with a source file.</summary>
internal sealed record RoleError(string Type, string Message, string Stack, string? File, int Line)
{
	internal static RoleError Of(Exception exception)
	{
		var shown = Unwrap(exception);
		var (file, line) = PlaceOf(shown);
		var explanation = MissingPiece.Explain(exception);
		var message = explanation == null ? shown.Message : shown.Message.Trim() + " " + explanation;
		return new RoleError(shown.GetType().FullName ?? shown.GetType().Name, message, StackOf(shown), file, line);
	}

	/// <summary>Without the frames of the host, which say nothing about the role.</summary>
	private static string StackOf(Exception exception)
	{
		var lines = exception.ToString().ReplaceLineEndings("\n").Split('\n');
		return string.Join('\n', lines.Where(line => !line.Contains(" Rolewright.Host.", StringComparison.Ordinal)));
	}

	/// <summary>Reflection and tasks wrap what was thrown; the reader wants what was thrown.</summary>
	private static Exception Unwrap(Exception exception)
	{
		return exception switch
		{
			TargetInvocationException { InnerException: { } inner } => Unwrap(inner),
			AggregateException { InnerExceptions: { Count: 1 } inner } => Unwrap(inner[0]),
			_ => exception,
		};
	}

	/// <summary>Where it began: the innermost exception first, and of its frames the first that has symbols.</summary>
	private static (string? File, int Line) PlaceOf(Exception exception)
	{
		var chain = new Stack<Exception>();
		for (var link = exception; link != null; link = link.InnerException)
		{
			chain.Push(link);
		}

		foreach (var link in chain)
		{
			foreach (var frame in new StackTrace(link, true).GetFrames())
			{
				if (frame.GetFileName() is { } file)
				{
					return (file, frame.GetFileLineNumber());
				}
			}
		}

		return (null, 0);
	}
}
