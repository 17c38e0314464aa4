namespace UploadHost.Browser.Tests;

public sealed class RetryTests(ModuleFixture modules) : IClassFixture<ModuleFixture>
{
    private const string Setup = """
        const { retry } = await import('/js/resilience/retry.js');
        const { RequestFailure } = await import('/js/api/failure.js');
        const waits = [];
        const sleep = async (ms) => { waits.push(ms); };
        const fails = (failure) => { let calls = 0; const work = async () => { calls++; throw failure; }; work.calls = () => calls; return work; };
        """;

    [Fact]
    public async Task Tries_three_times_more_with_growing_waits_and_throws_the_last_failure_itself()
    {
        var told = await modules.RunAsync<double[]>(
            Setup
                + """
                const broken = new RequestFailure('network', 'broken');
                const work = fails(broken);
                const thrown = await failure(retry(work, { sleep, random: () => 0.5 }));
                return [work.calls(), thrown === broken ? 1 : 0, ...waits];
                """
        );

        Assert.Equal([4, 1, 1000, 2000, 4000], told);
    }

    [Fact]
    public async Task Waits_no_less_than_the_server_asks_for()
    {
        var waits = await modules.RunAsync<double[]>(
            Setup
                + """
                await failure(retry(fails(new RequestFailure('rate_limited', '', { status: 429, retryAfterMs: 3000 })), { sleep, retries: 3, random: () => 0.5 }));
                return waits;
                """
        );

        Assert.Equal([3000, 3000, 4000], waits);
    }

    [Fact]
    public async Task A_longer_wait_than_is_allowed_ends_it_at_once()
    {
        var calls = await modules.RunAsync<int>(
            Setup
                + """
                const work = fails(new RequestFailure('store_unavailable', '', { status: 503, retryAfterMs: 31000 }));
                await failure(retry(work, { sleep }));
                return work.calls();
                """
        );

        Assert.Equal(1, calls);
    }

    [Theory]
    [InlineData("network", null, true)]
    [InlineData("timeout", null, true)]
    [InlineData("stalled", null, true)]
    [InlineData("database_unavailable", 503, true)]
    [InlineData("rate_limited", 429, true)]
    [InlineData("http_500", 500, true)]
    [InlineData("validation_failed", 422, false)]
    [InlineData("not_found", 404, false)]
    [InlineData("circuit_open", null, false)]
    [InlineData("cancelled", null, false)]
    public async Task Only_what_may_pass_is_tried_again(string code, int? status, bool again)
    {
        var calls = await modules.RunAsync<int>(
            Setup
                + """
                const work = fails(new RequestFailure(input.code, '', { status: input.status ?? undefined }));
                await failure(retry(work, { sleep, retries: 1 }));
                return work.calls();
                """,
            new { code, status }
        );

        Assert.Equal(again ? 2 : 1, calls);
    }

    [Fact]
    public async Task A_cancelled_wait_ends_as_cancelled()
    {
        var code = await modules.RunAsync<string>(
            Setup
                + """
                const abort = new AbortController();
                const running = retry(fails(new RequestFailure('network', '')), { signal: abort.signal, onRetry: () => setTimeout(() => abort.abort(), 5) });
                return (await failure(running)).code;
                """
        );

        Assert.Equal("cancelled", code);
    }
}
