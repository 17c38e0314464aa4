namespace LedgerLift.Resilience.Tests;

/// <summary>A state to begin with and what several threads do then. Advances are in seconds; keys from <see cref="SetUpKey"/> are the set-up's calls.</summary>
/// <param name="Settings">The breaker's settings, from beginning to end.</param>
/// <param name="SetUp">What one thread does first.</param>
/// <param name="Programs">What each thread does then.</param>
/// <param name="Fine">Whether another thread may go on after each reading of the clock too, not only before it: many more schedules.</param>
internal sealed record ConcurrentCase(
    BreakerSettingsCase Settings,
    IReadOnlyList<BreakerCommand> SetUp,
    IReadOnlyList<IReadOnlyList<BreakerCommand>> Programs,
    bool Fine
)
{
    public const int SetUpKey = 100;

    public override string ToString() =>
        $"{Settings}{Environment.NewLine}set-up: {string.Join(", ", SetUp)}{Environment.NewLine}"
        + string.Join(Environment.NewLine, Programs.Select((program, thread) => $"thread {thread}: {string.Join(", ", program)}"));
}
