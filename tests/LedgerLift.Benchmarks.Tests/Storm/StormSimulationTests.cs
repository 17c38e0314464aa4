namespace LedgerLift.Benchmarks.Tests;

public sealed class StormSimulationTests
{
    private static readonly StormPlan Plan = new(Clients: 20, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(4));

    [Fact]
    public void Without_a_protection_there_is_one_call_a_request()
    {
        var result = StormSimulation.Run(new StormClients("none", static _ => static dependency => dependency.AskAsync(default)), Plan);

        Assert.Equal(1, result.CallsPerRequest);
        Assert.All(result.CallsPerSecond, static calls => Assert.Equal(20, calls));
    }

    [Fact]
    public void Retries_on_the_simulated_clock_are_counted_where_they_arrive()
    {
        var result = StormSimulation.Run(new StormClients("naive", static time => dependency => Twice(dependency, time)), Plan);

        // The first request's retry comes half a second later; those of the last half second arrive when the dependency is back.
        Assert.InRange(result.CallsPerRequest, 1.85, 1.99);
        Assert.Equal(20, result.CallsPerSecond[1]);
        Assert.Equal(40, result.CallsPerSecond[8]);
        Assert.InRange(result.PeakAfterReturn, 25, 35);
    }

    [Fact]
    public void Nothing_is_answered_while_the_dependency_is_dead_and_all_soon_after()
    {
        var result = StormSimulation.Run(new StormClients("none", static _ => static dependency => dependency.AskAsync(default)), Plan);

        Assert.InRange(result.AnswersPerSecond[1], 19, 20);
        Assert.Equal(0, result.AnswersPerSecond[5]);
        Assert.InRange(result.AnswersPerSecond[13], 19, 20);
    }

    [Fact]
    public void The_same_clients_do_the_same_twice()
    {
        var clients = StormProtections.Polly(breaker: false);

        Assert.Equal(StormSimulation.Run(clients, Plan).CallsPerSecond, StormSimulation.Run(clients, Plan).CallsPerSecond);
    }

    [Fact]
    public void A_request_that_never_ends_is_no_result()
    {
        var never = new TaskCompletionSource<string>();

        Assert.Throws<InvalidOperationException>(() => StormSimulation.Run(new StormClients("hung", _ => _ => new(never.Task)), Plan));
    }

    private static async ValueTask<string> Twice(StormDependency dependency, TimeProvider time)
    {
        try
        {
            return await dependency.AskAsync(default);
        }
        catch (HttpRequestException)
        {
            await Task.Delay(TimeSpan.FromSeconds(0.5), time);
            return await dependency.AskAsync(default);
        }
    }
}
