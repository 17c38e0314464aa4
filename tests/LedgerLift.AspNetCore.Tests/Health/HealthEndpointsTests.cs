using System.Net;
using LedgerLift.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LedgerLift.AspNetCore.Tests;

public sealed class HealthEndpointsTests
{
    private readonly ScriptedCheck _one = new();
    private readonly ScriptedCheck _two = new();
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task Healthy_components_are_200()
    {
        await using var host = await StartAsync();

        var answer = await HealthAnswer.AskAsync(host.Client, "/health");

        Assert.Equal((200, "healthy", _clock.GetUtcNow()), (answer.Http, answer.Status, answer.Timestamp));
        Assert.Empty(answer.Issues);
        Assert.Equal(["one", "system", "two"], answer.Components.EnumerateObject().Select(each => each.Name).Order());
        Assert.Equal(["status", "durationMs", "checkedAt", "data"], answer["one"].EnumerateObject().Select(each => each.Name));
    }

    [Theory]
    [InlineData(HealthStatus.Degraded, 200, "degraded", 200)]
    [InlineData(HealthStatus.Unhealthy, 503, "unhealthy", 503)]
    public async Task The_worst_component_decides(HealthStatus status, int http, string shown, int readiness)
    {
        _two.Answer = _ => Task.FromResult(new HealthCheckResult(status, "broken"));
        await using var host = await StartAsync();

        var answer = await HealthAnswer.AskAsync(host.Client, "/health");
        var one = await HealthAnswer.AskAsync(host.Client, "/health/one");
        var two = await HealthAnswer.AskAsync(host.Client, "/health/TWO");
        var ready = await HealthAnswer.AskAsync(host.Client, "/readiness");

        Assert.Equal((http, shown), (answer.Http, answer.Status));
        Assert.Equal([$"two is {shown}"], answer.Issues);
        Assert.Equal((200, "healthy"), (one.Http, one.Status));
        Assert.Equal((http, shown, "two"), (two.Http, two.StatusOf("two"), two.Components.EnumerateObject().Single().Name));
        Assert.Equal(readiness, ready.Http);
    }

    [Fact]
    public async Task A_component_that_is_not_there_is_404()
    {
        await using var host = await StartAsync();

        using var response = await host.Client.GetAsync("/health/redis");

        await Problem.ReadAsync(response, HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task Liveness_asks_nothing()
    {
        _one.Answer = static _ => throw new InvalidOperationException();
        await using var host = await StartAsync();

        var answer = await HealthAnswer.AskAsync(host.Client, "/liveness");

        Assert.Equal((200, "healthy", 0, 0), (answer.Http, answer.Status, _one.Calls, _two.Calls));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_check_that_hangs_is_unhealthy_in_time_and_not_started_again(bool listens)
    {
        var release = new TaskCompletionSource<HealthCheckResult>();
        _one.Answer = stop =>
            listens
                ? Task.Delay(Timeout.Infinite, stop).ContinueWith(static _ => HealthCheckResult.Healthy(), TaskScheduler.Default)
                : release.Task;
        await using var host = await StartAsync(static options => options.Health.CheckTimeout = TimeSpan.FromSeconds(3));
        var asked = HealthAnswer.AskAsync(host.Client, "/health/one");
        await Poll.UntilAsync(() => _one.Calls == 1);
        await _clock.WaitForTimerAsync();
        _clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal((503, "unhealthy"), ((await asked).Http, (await asked).Status));

        if (listens)
            return;
        var again = await HealthAnswer.AskAsync(host.Client, "/health/one");
        Assert.Equal((503, 1), (again.Http, _one.Calls));
        release.SetResult(HealthCheckResult.Healthy());
        await Poll.UntilAsync(async () => (await HealthAnswer.AskAsync(host.Client, "/health/one")).Http == 200);
        Assert.Equal(2, _one.Calls);
    }

    [Fact]
    public async Task A_check_that_blocks_its_thread_hangs_nobody()
    {
        using var release = new ManualResetEventSlim();
        _one.Answer = _ =>
        {
            release.Wait(CancellationToken.None);
            return Task.FromResult(HealthCheckResult.Healthy());
        };
        await using var host = await StartAsync();
        var asked = HealthAnswer.AskAsync(host.Client, "/health/one");
        await Poll.UntilAsync(() => _one.Calls == 1);
        await _clock.WaitForTimerAsync();
        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(503, (await asked).Http);
        release.Set();
    }

    [Fact]
    public async Task A_checks_own_time_limit_comes_first()
    {
        var release = new TaskCompletionSource<HealthCheckResult>();
        _one.Answer = _ => release.Task;
        await using var host = await StartAsync(limitOfOne: TimeSpan.FromSeconds(1));
        var asked = HealthAnswer.AskAsync(host.Client, "/health/one");
        await Poll.UntilAsync(() => _one.Calls == 1);
        await _clock.WaitForTimerAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(503, (await asked).Http);
        release.SetResult(HealthCheckResult.Healthy());
    }

    [Fact]
    public async Task Changes_are_logged_once_with_what_caused_them()
    {
        var cause = new InvalidOperationException("no route to db-7");
        await using var host = await StartAsync();

        _one.Answer = _ => throw cause;
        await HealthAnswer.AskAsync(host.Client, "/health/one");
        await HealthAnswer.AskAsync(host.Client, "/health/one");
        _one.Answer = static _ => Task.FromResult(HealthCheckResult.Healthy());
        await HealthAnswer.AskAsync(host.Client, "/health/one");

        Assert.Same(cause, Assert.Single(host.Log.WithId(8020)).Exception);
        Assert.Single(host.Log.WithId(8021));
    }

    [Fact]
    public async Task Two_checks_of_one_name_stop_the_host_at_start()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            WebHost.StartBareAsync(
                static app => app.MapLedgerLiftHealth(),
                builder => builder.Services.AddLedgerLiftAspNetCore().AddHealthChecks().AddCheck("system", _one)
            )
        );

        Assert.Contains("'system'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_its_services_mapping_says_what_to_call()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            WebHost.StartBareAsync(static app => app.MapLedgerLiftHealth())
        );

        Assert.Contains("AddLedgerLiftAspNetCore", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HEAD_answers_the_status_alone()
    {
        await using var host = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Head, "/readiness");

        using var response = await host.Client.SendAsync(request);

        Assert.Equal((HttpStatusCode.OK, ""), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.True(response.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task An_answer_is_kept_for_thirty_seconds_good_or_bad()
    {
        await using var host = await StartAsync(static options =>
            options.Health.CacheDuration = new LedgerLiftHealthOptions().CacheDuration
        );
        var first = await HealthAnswer.AskAsync(host.Client, "/health/one");
        _one.Answer = static _ => throw new InvalidOperationException();

        _clock.Advance(TimeSpan.FromSeconds(30) - TimeSpan.FromTicks(1));
        var kept = await HealthAnswer.AskAsync(host.Client, "/health/one");
        _clock.Advance(TimeSpan.FromTicks(1));
        var bad = await HealthAnswer.AskAsync(host.Client, "/readiness");
        _one.Answer = static _ => Task.FromResult(HealthCheckResult.Healthy());
        _clock.Advance(TimeSpan.FromSeconds(30));
        var good = await HealthAnswer.AskAsync(host.Client, "/readiness");

        Assert.Equal((200, 200, 503, 200, 3), (first.Http, kept.Http, bad.Http, good.Http, _one.Calls));
        Assert.Equal(first["one"].GetRawText(), kept["one"].GetRawText());
    }

    [Fact]
    public async Task What_a_check_keeps_itself_is_not_kept_once_more()
    {
        var at = _clock.GetUtcNow().AddSeconds(-20);
        _one.Answer = _ => Task.FromResult(HealthCheckResult.Healthy(data: new Dictionary<string, object> { ["checkedAt"] = at }));
        await using var host = await StartAsync(static options => options.Health.CacheDuration = TimeSpan.FromSeconds(30));

        await HealthAnswer.AskAsync(host.Client, "/health/one");
        var second = await HealthAnswer.AskAsync(host.Client, "/health/one");

        Assert.Equal((2, at), (_one.Calls, second["one"].GetProperty("checkedAt").GetDateTimeOffset()));
    }

    private Task<WebHost> StartAsync(Action<LedgerLiftAspNetCoreOptions>? configure = null, TimeSpan? limitOfOne = null) =>
        WebHost.StartAsync(
            static app => app.MapLedgerLiftHealth(),
            builder =>
                builder
                    .Services.AddSingleton<TimeProvider>(_clock)
                    .AddLedgerLiftAspNetCore(static options => options.Health.CacheDuration = TimeSpan.Zero)
                    .AddLedgerLiftAspNetCore(configure)
                    .AddHealthChecks()
                    .AddCheck("one", _one, timeout: limitOfOne)
                    .AddCheck("two", _two)
        );
}
