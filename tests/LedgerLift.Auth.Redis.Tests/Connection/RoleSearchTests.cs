using LedgerLift.Resilience;
using LedgerLift.Testing;

namespace LedgerLift.Auth.Redis.Tests;

public sealed class RoleSearchTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task Looks_at_once_and_then_once_a_second_whoever_asks()
    {
        var (connection, counter) = CountingMultiplexer.Make();
        var search = new RoleSearch(_clock);

        await search.LookAsync(connection, CancellationToken.None);
        await search.LookAsync(connection, CancellationToken.None);
        _clock.Advance(TimeSpan.FromMilliseconds(999));
        await search.LookAsync(connection, CancellationToken.None);
        Assert.Equal(1, counter.Looks);

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await search.LookAsync(connection, CancellationToken.None);
        Assert.Equal(2, counter.Looks);
    }

    [Fact]
    public async Task A_look_that_takes_long_is_waited_for_a_moment_only()
    {
        var (connection, counter) = CountingMultiplexer.Make();
        counter.Look = new TaskCompletionSource<bool>().Task;

        var looking = new RoleSearch(_clock).LookAsync(connection, CancellationToken.None).AsTask();
        _clock.Advance(TimeSpan.FromMilliseconds(249));
        Assert.False(looking.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        await looking.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_look_that_fails_is_no_failure_of_its_own()
    {
        var (connection, counter) = CountingMultiplexer.Make();
        counter.Look = Task.FromException<bool>(new ObjectDisposedException("connection"));

        await new RoleSearch(_clock).LookAsync(connection, CancellationToken.None);

        Assert.Equal(1, counter.Looks);
    }

    [Theory]
    [InlineData("user-1")]
    [InlineData(null)]
    public async Task A_check_that_leads_nowhere_looks(string? userId)
    {
        var (connection, counter) = CountingMultiplexer.Make();
        var options = new RedisTokenStoreOptions { Resilience = { Retry = { MaxRetries = 0 } } };

        await Assert.ThrowsAsync<TokenStoreException>(() =>
            new RedisTokenStore(connection, options, _clock).IsActiveAsync("jti-1", userId).AsTask()
        );

        Assert.Equal(1, counter.Looks);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_try_looks_when_it_may_have_asked_the_wrong_node_and_only_then(bool mayHaveMoved)
    {
        var (connection, counter) = CountingMultiplexer.Make();
        var execution = new RedisExecution(
            new RedisConnection(connection, database: -1, _clock),
            new ResilienceExecutor("test", new ResiliencePolicyOptions { Retry = { MaxRetries = 0 } }, timeProvider: _clock),
            _clock
        );

        await Assert.ThrowsAsync<TokenStoreException>(async () =>
            await execution.RunAsync(
                RedisOperation.Store,
                mayHaveMoved,
                static ValueTask<bool> (moved, _, _) =>
                    throw (moved ? new OperationCanceledException("of somebody else") : new TimeoutException()),
                static _ => "stored",
                CancellationToken.None
            )
        );

        Assert.Equal(mayHaveMoved ? 1 : 0, counter.Looks);
    }
}
