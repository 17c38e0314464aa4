namespace LedgerLift.Logging;

/// <summary>Reads a state through its own methods: a struct is not boxed.</summary>
internal sealed class ListStateReader<TState> : StateReader<TState>
    where TState : IReadOnlyList<KeyValuePair<string, object?>>
{
    public override int Count(in TState state) => state.Count;

    public override KeyValuePair<string, object?> Read(in TState state, int index) => state[index];
}
