namespace LedgerLift.Benchmarks;

/// <summary>How many clients send one request a second each, and for how long the dependency is well, dead, and well again.</summary>
internal sealed record StormPlan(int Clients, TimeSpan Before, TimeSpan Dead, TimeSpan After)
{
    public static StormPlan Full { get; } = new(Clients: 1000, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(2));

    /// <summary>The same in small, to see that it runs.</summary>
    public static StormPlan Dry { get; } = new(Clients: 5, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5));

    public TimeSpan Total => Before + Dead + After;

    /// <summary>Whether the dependency is dead at a time counted from the start.</summary>
    public bool IsDeadAt(TimeSpan time) => time >= Before && time < Before + Dead;
}
