namespace LedgerLift.Data;

/// <summary>The COPY that begins on this thread: Npgsql tells of it, and starts its span right after that.</summary>
internal static class CopyStart
{
    [ThreadStatic]
    private static object? t_owner;

    [ThreadStatic]
    private static int t_connector;

    internal static void Note(object owner, int connector) => (t_owner, t_connector) = (owner, connector);

    /// <summary>The connection's id; null when none of the owner's begins.</summary>
    internal static int? Take(object owner)
    {
        if (!ReferenceEquals(t_owner, owner))
            return null;
        t_owner = null;
        return t_connector;
    }
}
