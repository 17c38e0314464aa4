namespace UploadHost.Browser.Tests;

public sealed class BreakerTests(ModuleFixture modules) : IClassFixture<ModuleFixture>
{
    private const string Setup = """
        const { CircuitBreaker } = await import('/js/resilience/breaker.js');
        let now = 1000;
        const seen = [];
        const breaker = new CircuitBreaker('store', { now: () => now, onChange: ({ state }) => seen.push(state) });
        const fail = (times) => { for (let i = 0; i < times; i++) breaker.tryEnter().failure(); };
        """;

    [Fact]
    public async Task Opens_at_the_fifth_failure_in_a_row_and_refuses_for_sixty_seconds()
    {
        var told = await modules.RunAsync<string[]>(
            Setup
                + """
                const told = [];
                fail(4); told.push(breaker.status.state);
                breaker.tryEnter().success();
                fail(4); told.push(breaker.status.state);
                fail(1); told.push(breaker.status.state, String(breaker.status.retryAfterMs));
                now += 59999; told.push(String(breaker.tryEnter()));
                now += 1; told.push(typeof breaker.tryEnter());
                return told;
                """
        );

        Assert.Equal(["closed", "closed", "open", "60000", "null", "object"], told);
    }

    [Fact]
    public async Task Lets_one_probe_at_a_time_through_and_closes_after_two_successes()
    {
        var told = await modules.RunAsync<string[]>(
            Setup
                + """
                fail(5); now += 60000;
                const first = breaker.tryEnter();
                const beside = breaker.tryEnter();
                first.success(); first.success();
                const between = breaker.status.state;
                breaker.tryEnter().success();
                return [String(beside), between, breaker.status.state, ...seen];
                """
        );

        Assert.Equal(["null", "half-open", "closed", "open", "half-open", "closed"], told);
    }

    [Fact]
    public async Task A_probe_that_fails_opens_it_for_the_whole_time_again()
    {
        var told = await modules.RunAsync<string[]>(
            Setup
                + "fail(5); now += 60000; breaker.tryEnter().failure(); return [breaker.status.state, String(breaker.status.retryAfterMs)];"
        );

        Assert.Equal(["open", "60000"], told);
    }

    [Fact]
    public async Task An_ignored_probe_makes_room_for_the_next_and_moves_nothing()
    {
        var told = await modules.RunAsync<string[]>(
            Setup + "fail(5); now += 60000; breaker.tryEnter().ignore(); return [breaker.status.state, typeof breaker.tryEnter()];"
        );

        Assert.Equal(["half-open", "object"], told);
    }

    [Fact]
    public async Task A_late_result_of_an_older_state_counts_nothing()
    {
        var told = await modules.RunAsync<string[]>(
            Setup
                + """
                const late = breaker.tryEnter();
                fail(5); now += 60000;
                const probe = breaker.tryEnter();
                late.failure();
                const between = breaker.status.state;
                probe.success(); breaker.tryEnter().success();
                late.failure();
                return [between, breaker.status.state, String(breaker.status.consecutiveFailures)];
                """
        );

        Assert.Equal(["half-open", "closed", "0"], told);
    }

    [Fact]
    public async Task Behaves_as_a_naive_model_over_random_histories()
    {
        var different = await modules.RunAsync<string?>(
            """
            const { CircuitBreaker } = await import('/js/resilience/breaker.js');
            for (let run = 0; run < 300; run++) {
              let now = 0, open = false, since = 0, bad = 0, good = 0, half = false;
              const breaker = new CircuitBreaker('x', { now: () => now });
              for (let step = 0; step < 100; step++) {
                now += Math.floor(Math.random() * 30000);
                if (open && now - since >= 60000) { open = false; half = true; good = 0; }
                const permit = breaker.tryEnter();
                if ((permit === null) !== open) return `run ${run} step ${step}: ${breaker.status.state}`;
                if (permit === null) continue;
                if (Math.random() < 0.7) { permit.failure(); bad++; if (half || bad >= 5) { open = true; half = false; since = now; } }
                else { permit.success(); bad = 0; if (half && ++good === 2) half = false; }
              }
            }
            return null;
            """
        );

        Assert.Null(different);
    }
}
