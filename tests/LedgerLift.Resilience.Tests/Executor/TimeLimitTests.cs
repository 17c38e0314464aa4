namespace LedgerLift.Resilience.Tests;

/// <summary>Limits on the system's clock: those with a timer of their own and those that are watched.</summary>
[Collection(nameof(RunsAlone))]
public sealed class TimeLimitTests
{
    // A busy machine runs timers late; nothing here is about how late.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Watched = WatchedTimeLimit.Shortest;

    [Theory]
    [InlineData(50)]
    [InlineData(500)]
    [InlineData(700)]
    public async Task A_time_ends_and_never_early(int milliseconds)
    {
        var time = TimeSpan.FromMilliseconds(milliseconds);
        var started = TimeProvider.System.GetTimestamp();
        var limit = Start(time);

        await CancelledAsync(limit.Token);

        // The system's timers may end a millisecond early by the fine clock.
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), time - TimeSpan.FromMilliseconds(2), Patience);
        limit.End();
    }

    [Fact]
    public async Task A_limit_that_is_used_again_has_its_whole_time()
    {
        var time = Watched * 1.5;
        for (var i = 0; i < 100; i++)
            Start(Watched).End();
        var started = TimeProvider.System.GetTimestamp();
        var limit = Start(time);

        await CancelledAsync(limit.Token);

        Assert.InRange(TimeProvider.System.GetElapsedTime(started), time, Patience);
        limit.End();
    }

    [Fact]
    public async Task A_limit_that_has_ended_is_not_cancelled()
    {
        var ended = Enumerable.Range(0, 100).Select(_ => Start(Watched)).ToArray();
        var tokens = ended.Select(limit => limit.Token).ToArray();
        foreach (var limit in ended)
            limit.End();

        var other = Start(Watched);
        await CancelledAsync(other.Token);
        other.End();

        Assert.DoesNotContain(true, tokens.Where(token => token != other.Token).Select(token => token.IsCancellationRequested));
    }

    [Fact]
    public async Task More_limits_than_are_kept_all_end()
    {
        var limits = Enumerable.Range(0, 3000).Select(_ => Start(Watched)).ToArray();

        foreach (var limit in limits)
            await CancelledAsync(limit.Token);

        Assert.All(limits, limit => Assert.True(limit.Token.IsCancellationRequested));
        foreach (var limit in limits)
            limit.End();
    }

    // The watch rests when nothing runs, and must wake again.
    [Fact]
    public async Task Limits_end_one_after_the_other()
    {
        for (var i = 0; i < 3; i++)
        {
            var limit = Start(Watched);
            await CancelledAsync(limit.Token);
            Assert.True(limit.Token.IsCancellationRequested);
            limit.End();
            var pause = Start(TimeSpan.FromMilliseconds(100));
            await CancelledAsync(pause.Token);
            pause.End();
        }
    }

    [Fact]
    public async Task The_callers_token_ends_a_watched_time_at_once()
    {
        using var caller = new CancellationTokenSource();
        var limit = TimeLimit.Start(TimeSpan.FromDays(1), isTotal: false, TimeProvider.System, caller.Token);
        Assert.False(limit.Token.IsCancellationRequested);

        await caller.CancelAsync();

        Assert.True(limit.Token.IsCancellationRequested);
        limit.End();
        var next = Start(TimeSpan.FromDays(1));
        Assert.False(next.Token.IsCancellationRequested);
        next.End();
    }

    private static TimeLimit Start(TimeSpan time) => TimeLimit.Start(time, isTotal: false, TimeProvider.System, CancellationToken.None);

    private static async Task CancelledAsync(CancellationToken token)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = token.Register(cancelled.SetResult);
        await cancelled.Task.WaitAsync(Patience, CancellationToken.None);
    }
}
