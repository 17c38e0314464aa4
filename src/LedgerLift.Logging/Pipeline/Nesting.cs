namespace LedgerLift.Logging;

/// <summary>Counts events written while an event is being judged: by a getter or a ToString that logs. Beyond a few they are not judged any more.</summary>
internal static class Nesting
{
    private const int Most = 3;

    [ThreadStatic]
    private static int t_depth;

    /// <summary>Counts in; false beyond the most. Leave must follow either way.</summary>
    public static bool TryEnter() => ++t_depth <= Most;

    /// <summary>Counts out.</summary>
    public static void Leave() => t_depth--;
}
