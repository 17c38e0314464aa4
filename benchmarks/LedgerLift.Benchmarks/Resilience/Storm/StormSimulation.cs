using LedgerLift.Testing;

namespace LedgerLift.Benchmarks;

/// <summary>Many clients and a dependency that dies and comes back, in simulated time: the protections are the real ones, only their clock is not.</summary>
internal static class StormSimulation
{
    private const int Seed = 20_262;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    // Long enough for every request that was begun to end.
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    public static StormResult Run(StormClients clients, StormPlan plan)
    {
        var time = new ManualTimeProvider();
        var dependency = new StormDependency(time, plan);
        var tally = new StormTally(plan, dependency, clients.Protect(time));
        // Each client begins at its own point of the second and sends in step from there, whether or not it waits for an earlier answer.
        var phases = new Random(Seed);
        var timers = Enumerable
            .Range(0, plan.Clients)
            .Select(_ => time.CreateTimer(_ => tally.Send(), state: null, Second * phases.NextDouble(), Second))
            .ToArray();

        time.Advance(plan.Total);
        foreach (var timer in timers)
            timer.Dispose();

        time.Advance(Rest);
        return tally.Result(clients.Name);
    }
}
