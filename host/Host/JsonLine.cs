using System.Globalization;
using System.Text;

namespace Rolewright.Host;

/// <summary>Writes one JSON object as a finished line. Commas are its own affair.</summary>
internal sealed class JsonLine
{
	private readonly StringBuilder text = new("{", 256);

	internal void Add(string name, string value)
	{
		Begin(name);
		Append(value);
	}

	internal void Add(string name, bool value)
	{
		Begin(name).Append(value ? "true" : "false");
	}

	internal void Add(string name, int value)
	{
		Begin(name).Append(value.ToString(CultureInfo.InvariantCulture));
	}

	internal void BeginObject(string name)
	{
		Begin(name).Append('{');
	}

	internal void EndObject()
	{
		text.Append('}');
	}

	internal byte[] ToBytes()
	{
		// A half of a pair that role code wrote becomes the sign for what cannot be shown.
		return Encoding.UTF8.GetBytes(text.Append("}\n").ToString());
	}

	private StringBuilder Begin(string name)
	{
		if (text[text.Length - 1] != '{')
		{
			text.Append(',');
		}

		Append(name);
		return text.Append(':');
	}

	private void Append(string value)
	{
		text.Append('"');
		foreach (var letter in value)
		{
			if (letter is '"' or '\\')
			{
				text.Append('\\').Append(letter);
			}
			else if (letter < ' ')
			{
				text.Append("\\u").Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture));
			}
			else
			{
				text.Append(letter);
			}
		}

		text.Append('"');
	}
}
