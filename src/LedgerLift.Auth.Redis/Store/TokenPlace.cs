using System.Runtime.InteropServices;
using StackExchange.Redis;

namespace LedgerLift.Auth.Redis;

/// <summary>Where a listing goes on: at an instant of expiry, behind so many entries of that instant. Entries that are taken out meanwhile before it move nothing.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TokenPlace(long ExpiresAt, bool IsInclusive, int Skip)
{
    /// <summary>Behind everything that has expired.</summary>
    internal static TokenPlace Begin(long now) => new(now, IsInclusive: false, Skip: 0);

    internal TokenPlace After(SortedSetEntry[] entries)
    {
        if (entries.Length == 0)
            return this;
        var last = (long)entries[^1].Score;
        var ofLast = entries.Count(entry => (long)entry.Score == last);
        // A page that is all of one instant continues within that instant.
        return new TokenPlace(last, IsInclusive: true, ofLast == entries.Length && last == ExpiresAt ? Skip + ofLast : ofLast);
    }
}
