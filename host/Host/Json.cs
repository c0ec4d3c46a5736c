using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Rolewright.Host;

/// <summary>
/// A value of JSON text. The host has a reader of its own, because .NET Framework and Mono have none that role code could not
/// get in the way of, and a library beside the role would be the wrong version for some role.
/// </summary>
internal sealed class Json
{
	private readonly object? value;

	private Json(object? value)
	{
		this.value = value;
	}

	internal bool IsObject => value is Dictionary<string, Json>;

	internal bool IsTrue => value is true;

	/// <exception cref="FormatException">The text is not JSON.</exception>
	internal static Json Parse(string text)
	{
		var reader = new Reader(text);
		var read = reader.Value();
		reader.End();
		return read;
	}

	/// <exception cref="InvalidOperationException">This is no object.</exception>
	/// <exception cref="KeyNotFoundException">It has no such property.</exception>
	internal Json GetProperty(string name)
	{
		return TryGetProperty(name) ?? throw new KeyNotFoundException($"There is no property '{name}'.");
	}

	/// <exception cref="InvalidOperationException">This is no object.</exception>
	internal Json? TryGetProperty(string name)
	{
		return As<Dictionary<string, Json>>().TryGetValue(name, out var found) ? found : null;
	}

	internal IEnumerable<KeyValuePair<string, Json>> Properties => As<Dictionary<string, Json>>();

	internal IReadOnlyList<Json> Items => As<List<Json>>();

	internal string GetString()
	{
		return As<string>();
	}

	internal bool GetBoolean()
	{
		return As<bool>();
	}

	/// <exception cref="OverflowException">The number does not fit.</exception>
	internal int GetInt32()
	{
		return checked((int)As<double>());
	}

	private TValue As<TValue>()
	{
		return value is TValue wanted ? wanted : throw new InvalidOperationException($"A value is no {typeof(TValue).Name}.");
	}

	/// <summary>Reads a text from its begin to its end, one value inside another.</summary>
	private sealed class Reader(string text)
	{
		private int at;

		internal Json Value()
		{
			SkipBlanks();
			return Next() switch
			{
				'{' => new Json(Object()),
				'[' => new Json(Array()),
				'"' => new Json(Text()),
				't' => Word("true", true),
				'f' => Word("false", false),
				'n' => Word("null", null),
				_ => new Json(Number()),
			};
		}

		internal void End()
		{
			SkipBlanks();
			if (at < text.Length)
			{
				throw Wrong();
			}
		}

		private Dictionary<string, Json> Object()
		{
			var properties = new Dictionary<string, Json>();
			for (at++; !Closes('}', properties.Count);)
			{
				SkipBlanks();
				var name = Text();
				SkipBlanks();
				Expect(':');
				properties[name] = Value();
			}

			return properties;
		}

		private List<Json> Array()
		{
			var items = new List<Json>();
			for (at++; !Closes(']', items.Count);)
			{
				items.Add(Value());
			}

			return items;
		}

		/// <summary>Whether the end is here; where it is not, the comma between two values is passed.</summary>
		private bool Closes(char end, int count)
		{
			SkipBlanks();
			if (Next() == end)
			{
				at++;
				return true;
			}

			if (count > 0)
			{
				Expect(',');
			}

			return false;
		}

		private string Text()
		{
			Expect('"');
			var start = at;
			while (Next() != '"' && Next() != '\\')
			{
				at++;
			}

			if (Next() == '"')
			{
				return text.Substring(start, at++ - start);
			}

			var read = new StringBuilder(text, start, at - start, at - start + 64);
			for (; Next() != '"'; at++)
			{
				read.Append(Next() == '\\' ? Escaped() : Next());
			}

			at++;
			return read.ToString();
		}

		private char Escaped()
		{
			at++;
			switch (Next())
			{
				case 'n':
					return '\n';
				case 'r':
					return '\r';
				case 't':
					return '\t';
				case 'b':
					return '\b';
				case 'f':
					return '\f';
				case 'u' when at + 4 < text.Length && ushort.TryParse(text.Substring(at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
					at += 4;
					return (char)code;
				case '"' or '\\' or '/':
					return Next();
				default:
					throw Wrong();
			}
		}

		private double Number()
		{
			var start = at;
			while (at < text.Length && "+-.eE0123456789".IndexOf(text[at]) >= 0)
			{
				at++;
			}

			return double.TryParse(text.Substring(start, at - start), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
				? number
				: throw Wrong();
		}

		private Json Word(string word, object? meaning)
		{
			if (string.CompareOrdinal(text, at, word, 0, word.Length) != 0)
			{
				throw Wrong();
			}

			at += word.Length;
			return new Json(meaning);
		}

		private void Expect(char wanted)
		{
			if (Next() != wanted)
			{
				throw Wrong();
			}

			at++;
		}

		private char Next()
		{
			return at < text.Length ? text[at] : throw Wrong();
		}

		private void SkipBlanks()
		{
			while (at < text.Length && text[at] is ' ' or '\t' or '\r' or '\n')
			{
				at++;
			}
		}

		private FormatException Wrong()
		{
			return new FormatException($"The text is not JSON at character {at}.");
		}
	}
}
