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
		var cause = explanation == null ? CauseOf(shown) : null;
		var message = string.Join(" ", new[] { MessageOf(shown), cause, InitializerIn(exception), explanation, file == null ? UnreadSymbols.Explain(shown) : null }.Where(text => text != null));
		return new RoleError(shown.GetType().FullName ?? shown.GetType().Name, message, StackOf(shown), file, line);
	}

	/// <summary>Without the frames of the host, which say nothing about the role.</summary>
	private static string StackOf(Exception exception)
	{
		var lines = exception.ToString().Replace("\r\n", "\n").Split('\n');
		return string.Join("\n", lines.Where(line => line.IndexOf(" Rolewright.Host.", StringComparison.Ordinal) < 0));
	}

	/// <summary>.NET says what an exception of several holds; .NET Framework and Mono do not.</summary>
	private static string MessageOf(Exception exception)
	{
		var inside = exception is AggregateException { InnerExceptions: var several }
			? several.Select(each => each.Message).Where(text => exception.Message.IndexOf(text, StringComparison.Ordinal) < 0)
			: [];
		return string.Join(" ", new[] { exception.Message.Trim() }.Concat(inside.Select(text => $"({text})")));
	}

	/// <summary>The place that is shown is that of the innermost exception, so its reason is shown with it.</summary>
	private static string? CauseOf(Exception shown)
	{
		var cause = shown.GetBaseException();
		return cause == shown || shown.Message.IndexOf(cause.Message, StringComparison.Ordinal) >= 0
			? null
			: $"(caused by {cause.GetType().FullName}: {cause.Message.Trim()})";
	}

	/// <summary>A class whose initializer has failed is broken for good; the exception names it, and what was thrown does not.</summary>
	private static string? InitializerIn(Exception exception)
	{
		for (var link = exception; link != null; link = link.InnerException)
		{
			if (link is TypeInitializationException broken)
			{
				return $"It was thrown by the type initializer of {broken.TypeName}.";
			}
		}

		return null;
	}

	/// <summary>Reflection, tasks and type initializers wrap what was thrown; the reader wants what was thrown.</summary>
	private static Exception Unwrap(Exception exception)
	{
		return exception switch
		{
			TargetInvocationException { InnerException: { } inner } => Unwrap(inner),
			TypeInitializationException { InnerException: { } inner } => Unwrap(inner),
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
			foreach (var frame in new StackTrace(link, true).GetFrames() ?? [])
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
