using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace LedgerLift.Logging;

/// <summary>Writes what stands in the place of a hidden value. Immutable and thread-safe.</summary>
internal sealed class MaskWriter
{
    private const int PseudonymBytes = 8;
    private const int KeptCharacters = 4;
    private const int ShortestKept = 12;

    private readonly RedactionMask[] _masks;
    private readonly FrozenDictionary<RedactionKind, string> _typed;
    private readonly byte[] _key;

    public MaskWriter(PiiRedactionOptions options)
    {
        Placeholder = options.Placeholder;
        var kinds = Enum.GetValues<RedactionKind>();
        _masks = [.. kinds.Select(kind => options.Masks.TryGetValue(kind, out var mask) ? mask : options.Mask)];
        _typed = kinds.ToFrozenDictionary(static kind => kind, kind => With(kind.Name()));
        _key = Encoding.UTF8.GetBytes(options.PseudonymKey ?? "");
    }

    /// <summary>The plain placeholder.</summary>
    public string Placeholder { get; }

    /// <summary>What every text that this writes begins with.</summary>
    public ReadOnlySpan<char> Beginning => Placeholder.EndsWith(']') ? Placeholder.AsSpan()[..^1] : Placeholder;

    /// <summary>What is written for a value of this kind.</summary>
    public string Write(RedactionKind kind, ReadOnlySpan<char> value)
    {
        LoggingMetrics.Redacted(kind);
        return _masks[(int)kind] switch
        {
            RedactionMask.Typed => _typed[kind],
            RedactionMask.Pseudonym => With(Pseudonym(value)),
            RedactionMask.KeepLast4 when value.Length >= ShortestKept => With(value[^KeptCharacters..]),
            _ => Placeholder,
        };
    }

    /// <summary>The placeholder with an addition: inside its closing bracket, or behind it when it has none.</summary>
    public string With(ReadOnlySpan<char> addition) =>
        Placeholder.EndsWith(']') ? $"{Placeholder.AsSpan()[..^1]}:{addition}]" : $"{Placeholder}:{addition}";

    private string Pseudonym(ReadOnlySpan<char> value)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(value.ToArray()), hash);
        return Convert.ToHexStringLower(hash[..PseudonymBytes]);
    }
}
