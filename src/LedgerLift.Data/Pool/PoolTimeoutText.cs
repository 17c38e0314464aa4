using System.Globalization;

namespace LedgerLift.Data;

/// <summary>The words of a <see cref="PoolTimeoutException"/>.</summary>
internal static class PoolTimeoutText
{
    internal static string Of(DatabaseOptions options, ConnectionPoolSnapshot pool, IReadOnlyList<SessionHolder> holders)
    {
        var held = holders.Count == 0 ? "none by a session" : string.Join("; ", holders);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"All connections of the pool {options.Name} were in use for {options.PoolTimeout.TotalSeconds:0.###} s (PoolTimeout): {pool.InUse} used, {pool.Idle} idle, {pool.Max} at most, {pool.Pending} more waiting. Held longest: {held}."
        );
    }
}
