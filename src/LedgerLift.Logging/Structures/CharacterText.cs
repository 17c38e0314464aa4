using System.Text;

namespace LedgerLift.Logging;

/// <summary>The characters of what holds some.</summary>
internal static class CharacterText
{
    // More than any redactor searches; an endless sequence ends here.
    private const int MaxLength = 1_048_577;

    /// <summary>The characters as a string.</summary>
    public static string Of(object value) =>
        value switch
        {
            Uri uri => uri.OriginalString,
            StringBuilder builder => builder.ToString(),
            char[] array => new string(array),
            ReadOnlyMemory<char> memory => memory.ToString(),
            Memory<char> memory => memory.ToString(),
            IEnumerable<char> characters => string.Concat(characters.Take(MaxLength)),
            _ => ValueText.Of(value),
        };
}
