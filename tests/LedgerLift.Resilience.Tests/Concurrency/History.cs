namespace LedgerLift.Resilience.Tests;

/// <summary>
/// What was called and what came back, with the order of beginnings and ends, and the question whether some order of the calls, each within its own
/// duration, explains every answer (M. Herlihy, J. Wing, "Linearizability", TOPLAS 1990).
/// </summary>
/// <typeparam name="TState">The state of the sequential model, immutable.</typeparam>
internal sealed class History<TState>
{
    private readonly List<Call> _calls = [];
    private int _clock;

    /// <summary>Makes a call of the code under test and notes it with what the model would do.</summary>
    internal void Make<TResult>(string name, Func<TResult> call, Func<TState, (TState State, TResult Result)> model)
    {
        var note = new Call { Name = name, Began = _clock++ };
        _calls.Add(note);
        var result = call();
        note.Ended = _clock++;
        note.Name += $" → {result}";
        note.Explain = state =>
        {
            var (next, expected) = model(state);
            return (next, EqualityComparer<TResult>.Default.Equals(expected, result));
        };
    }

    internal bool IsExplainedFrom(TState initial) => Explains(initial, [.. _calls]);

    public override string ToString() => string.Join("; ", _calls.Select(call => $"[{call.Began}..{call.Ended}] {call.Name}"));

    private static bool Explains(TState state, List<Call> left)
    {
        if (left.Count == 0)
            return true;

        // A call may come first unless another one had ended before it began.
        var firstEnd = left.Min(call => call.Ended);
        foreach (var call in left.Where(call => call.Began < firstEnd).ToList())
        {
            var (next, agrees) = call.Explain(state);
            if (agrees && Explains(next, [.. left.Where(other => other != call)]))
                return true;
        }

        return false;
    }

    private sealed class Call
    {
        internal string Name { get; set; } = "";

        internal int Began { get; init; }

        internal int Ended { get; set; } = int.MaxValue;

        internal Func<TState, (TState State, bool Agrees)> Explain { get; set; } = state => (state, false);
    }
}
