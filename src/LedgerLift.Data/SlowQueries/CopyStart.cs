namespace LedgerLift.Data;

/// <summary>The COPY that begins on this thread: Npgsql tells of it, and starts its span right after that.</summary>
internal static class CopyStart
{
    [ThreadStatic]
    private static RunningCopy? t_copy;

    internal static void Note(RunningCopy copy) => t_copy = copy;

    internal static bool Is(RunningCopy copy) => ReferenceEquals(t_copy, copy);

    /// <summary>Whether it is this one; true once.</summary>
    internal static bool Take(RunningCopy copy)
    {
        if (!Is(copy))
            return false;
        t_copy = null;
        return true;
    }
}
