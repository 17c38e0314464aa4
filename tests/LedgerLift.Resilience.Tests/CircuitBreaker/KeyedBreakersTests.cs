using System.Globalization;

namespace LedgerLift.Resilience.Tests;

public sealed class KeyedBreakersTests
{
    [Fact]
    public void A_key_has_one_breaker_and_another_key_another()
    {
        var breakers = Keyed(10, out var created);

        var a = breakers.GetOrAdd("a");

        Assert.Same(a, breakers.GetOrAdd("a"));
        Assert.NotSame(a, breakers.GetOrAdd("A"));
        Assert.Equal(["policy/a", "policy/A"], created);
        Assert.Equal(2, breakers.Breakers.Count());
    }

    [Fact]
    public void The_least_recently_asked_pristine_breaker_makes_room()
    {
        var breakers = Keyed(3, out _);
        var (a, b, c) = (breakers.GetOrAdd("a"), breakers.GetOrAdd("b"), breakers.GetOrAdd("c"));
        Assert.Same(a, breakers.GetOrAdd("a"));

        var d = breakers.GetOrAdd("d");

        Assert.Equal(new[] { a, c, d }.ToHashSet(), breakers.Breakers.ToHashSet());
        Assert.NotSame(b, breakers.GetOrAdd("b"));
        Assert.Equal(3, breakers.Breakers.Count());
    }

    [Theory]
    [InlineData(BreakerState.Open)]
    [InlineData(BreakerState.HalfOpen)]
    [InlineData(BreakerState.Isolated)]
    [InlineData(BreakerState.Closed)]
    public void A_breaker_that_knows_something_is_never_evicted(BreakerState state)
    {
        var rigs = new List<BreakerRig>();
        var breakers = new KeyedBreakers("policy", 2, name => Remember(rigs, name));
        var keeper = breakers.GetOrAdd("keeper");
        rigs[0].Bring(state);
        if (state == BreakerState.Closed)
            rigs[0].Fail();

        for (var i = 0; i < 20; i++)
            breakers.GetOrAdd(i.ToString(CultureInfo.InvariantCulture));

        Assert.Same(keeper, breakers.GetOrAdd("keeper"));
        Assert.Equal(2, breakers.Breakers.Count());
    }

    [Fact]
    public void When_every_breaker_is_needed_the_surplus_keys_share_one()
    {
        var breakers = Keyed(2, out var created);
        breakers.GetOrAdd("a").Trip();
        breakers.GetOrAdd("b").Isolate();

        var surplus = breakers.GetOrAdd("c");

        Assert.Same(surplus, breakers.GetOrAdd("d"));
        Assert.Equal(["policy/a", "policy/b", "policy/*"], created);
        Assert.Equal(3, breakers.Breakers.Count());
        Assert.Contains(surplus, breakers.Breakers);
    }

    [Fact]
    public void A_surplus_key_gets_its_own_breaker_as_soon_as_there_is_room()
    {
        var breakers = Keyed(1, out _);
        var a = breakers.GetOrAdd("a");
        a.Trip();
        var surplus = breakers.GetOrAdd("b");

        a.Close();

        Assert.NotSame(surplus, breakers.GetOrAdd("b"));
        Assert.Equal("policy/b", breakers.GetOrAdd("b").Name);
    }

    [Fact]
    public void New_settings_reach_every_breaker_the_shared_one_too()
    {
        var breakers = Keyed(1, out _);
        breakers.GetOrAdd("a").Trip();
        var surplus = breakers.GetOrAdd("b");

        breakers.Update(new CircuitBreakerOptions { FailureThreshold = 1 });

        breakers.GetOrAdd("a").Close();
        foreach (var breaker in new[] { surplus, breakers.GetOrAdd("a") })
        {
            Assert.True(breaker.TryEnter(out var permit));
            permit.Failure();
            Assert.Equal(BreakerState.Open, breaker.State);
        }
    }

    [Fact]
    public async Task Many_threads_asking_for_many_keys_stay_within_the_bound()
    {
        var breakers = Keyed(8, out _);
        var cancellation = TestContext.Current.CancellationToken;

        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(() => Ask(worker), cancellation)));

        Assert.Equal(8, breakers.Breakers.Count());
        void Ask(int worker)
        {
            for (var i = 0; i < 2_000; i++)
            {
                var key = ((i * 7) + worker) % 32;
                Assert.Equal($"policy/{key}", breakers.GetOrAdd(key.ToString(CultureInfo.InvariantCulture)).Name);
            }
        }
    }

    [Fact]
    public void A_thread_that_waited_while_another_made_the_breaker_of_its_key_gets_that_one()
    {
        Thread? waiting = null;
        CircuitBreaker? its = null;
        KeyedBreakers breakers = null!;
        breakers = new KeyedBreakers("policy", 10, Create);

        var mine = breakers.GetOrAdd("a");

        Assert.True(waiting!.Join(TimeSpan.FromSeconds(10)));
        Assert.Same(mine, its);
        Assert.Same(mine, Assert.Single(breakers.Breakers));

        CircuitBreaker Create(string name)
        {
            if (waiting is null)
            {
                waiting = new Thread(() => its = breakers.GetOrAdd("a"));
                waiting.Start();
                Assert.True(SpinWait.SpinUntil(() => WaitsOrHasEnded(waiting), TimeSpan.FromSeconds(10)));
            }

            return new CircuitBreaker(name);
        }
    }

    [Fact]
    public void New_settings_reach_a_breaker_that_is_just_being_made()
    {
        Thread? updating = null;
        KeyedBreakers breakers = null!;
        breakers = new KeyedBreakers("policy", 10, Create);

        var breaker = breakers.GetOrAdd("a");

        Assert.True(updating!.Join(TimeSpan.FromSeconds(10)));
        Assert.True(breaker.TryEnter(out var permit));
        permit.Failure();
        Assert.Equal(BreakerState.Open, breaker.State);

        CircuitBreaker Create(string name)
        {
            var made = new CircuitBreaker(name);
            updating = new Thread(() => breakers.Update(new CircuitBreakerOptions { FailureThreshold = 1 }));
            updating.Start();
            Assert.True(SpinWait.SpinUntil(() => WaitsOrHasEnded(updating), TimeSpan.FromSeconds(10)));
            return made;
        }
    }

    private static bool WaitsOrHasEnded(Thread thread) => thread.ThreadState is ThreadState.WaitSleepJoin or ThreadState.Stopped;

    private static KeyedBreakers Keyed(int capacity, out List<string> created)
    {
        var names = created = [];
        return new KeyedBreakers("policy", capacity, Create);
        CircuitBreaker Create(string name)
        {
            names.Add(name);
            return new CircuitBreaker(name);
        }
    }

    private static CircuitBreaker Remember(List<BreakerRig> rigs, string name)
    {
        var rig = new BreakerRig(name: name);
        rigs.Add(rig);
        return rig.Breaker;
    }
}
