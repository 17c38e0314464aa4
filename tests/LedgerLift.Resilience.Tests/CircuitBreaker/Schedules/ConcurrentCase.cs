namespace LedgerLift.Resilience.Tests;

/// <summary>A state to begin with and what several threads do then. Advances are in seconds; keys from <see cref="SetUpKey"/> are the set-up's calls.</summary>
internal sealed record ConcurrentCase(
    BreakerSettingsCase Settings,
    IReadOnlyList<BreakerCommand> SetUp,
    IReadOnlyList<IReadOnlyList<BreakerCommand>> Programs
)
{
    public const int SetUpKey = 100;

    public override string ToString() =>
        $"{Settings}{Environment.NewLine}set-up: {string.Join(", ", SetUp)}{Environment.NewLine}"
        + string.Join(Environment.NewLine, Programs.Select((program, thread) => $"thread {thread}: {string.Join(", ", program)}"));
}
