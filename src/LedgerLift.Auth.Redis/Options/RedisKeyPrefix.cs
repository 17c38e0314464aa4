using System.Buffers;

namespace LedgerLift.Auth.Redis;

/// <summary>What keys may begin with: no brace, which would decide the slot, and nothing that a pattern of Redis knows.</summary>
internal static class RedisKeyPrefix
{
    private const int MaxLength = 64;

    private static readonly SearchValues<char> Characters = SearchValues.Create(
        ".-_:0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    );

    internal static bool IsValid(string? prefix) =>
        prefix is { Length: >= 1 and <= MaxLength } && !prefix.AsSpan().ContainsAnyExcept(Characters);

    internal static string Fault(string? prefix) =>
        $"must be 1 to {MaxLength} letters, digits, dots, dashes, underscores and colons, but is '{prefix}'.";
}
