using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace LedgerLift.Storage;

/// <summary>What an object's own metadata may be: header-safe, as S3 has it (2 KB in all, "Working with object metadata").</summary>
internal static class ObjectMetadata
{
    internal const string ReservedPrefix = "ll-";
    private const int MaxBytes = 2048;

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.");

    internal static IReadOnlyDictionary<string, string> None { get; } = FrozenDictionary<string, string>.Empty;

    /// <summary>A copy with names in lower case that nobody can change.</summary>
    /// <exception cref="ArgumentException">A name or a value is not allowed; the value is not in the message.</exception>
    internal static IReadOnlyDictionary<string, string> Check(IReadOnlyDictionary<string, string>? metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        if (metadata.Count == 0)
            return None;
        var copy = new Dictionary<string, string>(StringComparer.Ordinal);
        var bytes = 0;
        foreach (var (name, value) in metadata)
        {
            var lower = LowerName(name);
            if (value is null || !IsHeaderValue(value))
                throw new ArgumentException(
                    $"The value of '{lower}' must be printable ASCII without blanks at its ends.",
                    nameof(metadata)
                );
            if (!copy.TryAdd(lower, value))
                throw new ArgumentException($"The name '{lower}' is there twice; case does not tell names apart.", nameof(metadata));
            bytes += lower.Length + value.Length;
        }

        return bytes <= MaxBytes
            ? copy.ToFrozenDictionary(StringComparer.Ordinal)
            : throw new ArgumentException($"Names and values may have {MaxBytes} bytes together, but have {bytes}.", nameof(metadata));
    }

    /// <summary>Printable ASCII, nothing that a header could lose or be split by.</summary>
    internal static bool IsHeaderValue(string value) =>
        Ascii.IsValid(value) && !value.AsSpan().ContainsAnyExceptInRange(' ', '~') && value.AsSpan().Trim(' ').Length == value.Length;

    private static string LowerName(string name)
    {
#pragma warning disable CA1308 // Header names are lower case in signatures.
        var lower = name.ToLowerInvariant();
#pragma warning restore CA1308
        if (lower.Length == 0 || lower.AsSpan().ContainsAnyExcept(NameCharacters))
            throw new ArgumentException($"A name may hold letters, digits, '-', '_' and '.' of ASCII, but one is '{name}'.", nameof(name));
        return lower.StartsWith(ReservedPrefix, StringComparison.Ordinal)
            ? throw new ArgumentException(
                $"Names that begin with '{ReservedPrefix}' belong to the store, but one is '{name}'.",
                nameof(name)
            )
            : lower;
    }
}
