using System.Runtime.CompilerServices;
using System.Text;

namespace LedgerLift.Logging;

/// <summary>Judges key names: the host's allow list first, then its patterns, then the built-in rules. Immutable and thread-safe.</summary>
internal sealed class KeyMatcher
{
    private const int UsualLength = 48;

    private readonly KeyPattern[] _allowed;
    private readonly KeyPattern[] _additional;

    /// <summary>A matcher with the host's rules.</summary>
    /// <exception cref="ArgumentException">A pattern cannot be read.</exception>
    public KeyMatcher(IEnumerable<string> allowed, IEnumerable<string> additional)
    {
        _allowed = [.. allowed.Select(static pattern => Parse(pattern, KeyPatternKind.Exact))];
        _additional = [.. additional.Select(static pattern => Parse(pattern, KeyPatternKind.Contains))];
        UsesPaths = _allowed.Concat(_additional).Any(static pattern => pattern.Kind is KeyPatternKind.Path);
    }

    /// <summary>Whether a rule looks at the keys around a key, so that walkers must remember them.</summary>
    public bool UsesPaths { get; }

    /// <summary>Whether a value under this key must not be shown.</summary>
    /// <param name="key">The key as it is written.</param>
    /// <param name="parent">The keys around it, or null.</param>
    public bool IsSensitive(ReadOnlySpan<char> key, KeyPath? parent = null)
    {
        if (key.Length > KeyName.MaxLength)
            return true;

        return Ascii.IsValid(key) ? IsPlainSensitive(key, parent) : IsFoldedSensitive(key, parent);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool IsFoldedSensitive(ReadOnlySpan<char> key, KeyPath? parent)
    {
        Span<char> folded = stackalloc char[KeyName.MaxLength];
        return IsPlainSensitive(folded[..KeyFolding.Fold(key, folded)], parent);
    }

    private bool IsPlainSensitive(ReadOnlySpan<char> key, KeyPath? parent)
    {
        // Most names are short; memory on the stack is cleared before it is used.
        var length = key.Length <= UsualLength ? UsualLength : KeyName.MaxLength;
        var name = KeyNameReader.Read(key, stackalloc char[length * 2], stackalloc ushort[KeyName.MaxWords]);
        if (_allowed.Length == 0 && _additional.Length == 0)
            return KeyRules.IsSensitive(name);

        return IsSensitiveByPattern(key, name, parent);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool IsSensitiveByPattern(ReadOnlySpan<char> key, KeyName name, KeyPath? parent)
    {
        Span<char> buffer = stackalloc char[KeyName.MaxLength];
        ReadOnlySpan<char> letters = buffer[..KeyText.Letters(key, buffer)];
        return !MatchesAny(_allowed, key, name, letters, parent)
            && (MatchesAny(_additional, key, name, letters, parent) || KeyRules.IsSensitive(name));
    }

    private static bool MatchesAny(KeyPattern[] patterns, ReadOnlySpan<char> key, KeyName name, ReadOnlySpan<char> letters, KeyPath? parent)
    {
        foreach (var pattern in patterns)
        {
            if (pattern.Matches(key, name.Text, letters, parent))
                return true;
        }

        return false;
    }

    private static KeyPattern Parse(string pattern, KeyPatternKind usual) =>
        KeyPattern.TryParse(pattern, usual, out var result, out var fault)
            ? result!
            : throw new ArgumentException($"The key pattern '{pattern}' {fault}.", nameof(pattern));
}
