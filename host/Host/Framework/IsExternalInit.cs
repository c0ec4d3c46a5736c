namespace System.Runtime.CompilerServices;

/// <summary>The compiler wants it for records; .NET Framework is older than they are.</summary>
internal static class IsExternalInit
{
}
