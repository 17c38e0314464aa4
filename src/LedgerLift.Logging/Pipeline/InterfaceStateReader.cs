namespace LedgerLift.Logging;

/// <summary>Reads a state through its interface.</summary>
internal sealed class InterfaceStateReader<TState> : StateReader<TState>
{
    public override int Count(in TState state) => state is IReadOnlyList<KeyValuePair<string, object?>> pairs ? pairs.Count : 0;

    public override KeyValuePair<string, object?> Read(in TState state, int index) =>
        ((IReadOnlyList<KeyValuePair<string, object?>>)state!)[index];
}
