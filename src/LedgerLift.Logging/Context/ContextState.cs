using System.Collections;
using System.Runtime.InteropServices;

namespace LedgerLift.Logging;

/// <summary>A log state with the context of its event, before the template. A struct: adding it allocates nothing.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct ContextState<TState>(TState state, Func<TState, Exception?, string> formatter, EventContext context)
    : IReadOnlyList<KeyValuePair<string, object?>>
{
    private readonly TState _state = state;
    private readonly Func<TState, Exception?, string> _formatter = formatter;
    private readonly EventContext _context = context;

    /// <summary>Gives the message of the state inside.</summary>
    public static Func<ContextState<TState>, Exception?, string> Formatter { get; } =
        static (state, exception) => state._formatter(state._state, exception);

    /// <inheritdoc/>
    public int Count => InnerCount + _context.Count;

    /// <inheritdoc/>
    public KeyValuePair<string, object?> this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            var before = Math.Max(0, InnerCount - 1);
            if (index < before)
                return StateReader<TState>.Instance!.Read(_state, index);

            return index < before + _context.Count
                ? _context[index - before]
                : StateReader<TState>.Instance!.Read(_state, index - _context.Count);
        }
    }

    private int InnerCount => StateReader<TState>.Instance?.Count(_state) ?? 0;

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        var count = Count;
        for (var i = 0; i < count; i++)
            yield return this[i];
    }

    /// <inheritdoc/>
    public override string? ToString() => _state?.ToString();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
