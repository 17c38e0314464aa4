using System.Runtime.CompilerServices;

namespace LedgerLift.Telemetry;

/// <summary>Remembers which builders were done, for as long as they live. Thread-safe.</summary>
internal static class BuilderMarks
{
    private static readonly ConditionalWeakTable<object, StrongBox<bool>> Marks = [];

    /// <summary>Runs the action the first time a builder comes; whoever comes meanwhile waits until it is done.</summary>
    public static void Once<TBuilder>(TBuilder builder, Action<TBuilder> action)
        where TBuilder : class
    {
        var mark = Marks.GetValue(builder, static _ => new StrongBox<bool>());
        // A builder's lists are not made for two threads. The mark is this class's own, and nothing foreign but the builder runs inside.
        lock (mark)
        {
            if (mark.Value)
                return;

            action(builder);
            mark.Value = true;
        }
    }
}
