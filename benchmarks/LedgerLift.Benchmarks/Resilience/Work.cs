namespace LedgerLift.Benchmarks;

/// <summary>What every row of the group protects: one call of a dependency that answers at once, or after having suspended the caller.</summary>
/// <remarks>The delegates are created once and take their state as an argument, so that no row pays for a closure.</remarks>
internal sealed class Work
{
    private readonly SuspendingDependency _suspending = new();

    public string Answer { get; } = "answer";

    /// <summary>Answers at once.</summary>
    public static Func<Work, CancellationToken, ValueTask<string>> Completed { get; } =
        static (work, _) => ValueTask.FromResult(work.Answer);

    /// <summary>Suspends once, in an asynchronous method as users write it.</summary>
    public static Func<Work, CancellationToken, ValueTask<string>> Suspended { get; } =
        static async (work, _) => await SuspendedAnswer(work).ConfigureAwait(false);

    /// <summary>Pending until <see cref="Resume"/>.</summary>
    public static ValueTask<string> SuspendedAnswer(Work work) => work._suspending.AskAsync();

    /// <summary>Lets the suspended call go on, on this thread, and gives what it returns.</summary>
    public T Resume<T>(ValueTask<T> pending)
    {
        if (pending.IsCompleted)
            throw new InvalidOperationException("The call did not suspend.");

        _suspending.Answer(Answer);
        return pending.Take();
    }
}
