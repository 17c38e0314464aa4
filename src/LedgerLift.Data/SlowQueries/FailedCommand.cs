namespace LedgerLift.Data;

/// <summary>The database whose command has just failed on this thread, until the command's end is told.</summary>
internal static class FailedCommand
{
    [ThreadStatic]
    private static object? t_owner;

    internal static void Note(object owner) => t_owner = owner;

    internal static void Forget()
    {
        if (t_owner is not null)
            t_owner = null;
    }

    internal static bool Take(object owner)
    {
        if (!ReferenceEquals(t_owner, owner))
            return false;
        t_owner = null;
        return true;
    }
}
