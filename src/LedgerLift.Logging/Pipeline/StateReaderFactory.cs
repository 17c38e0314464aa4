namespace LedgerLift.Logging;

/// <summary>Makes readers for types that are only known at run time.</summary>
internal static class StateReaderFactory
{
    /// <summary>A reader.</summary>
    public static object Create<TState>()
        where TState : IReadOnlyList<KeyValuePair<string, object?>> => new ListStateReader<TState>();
}
