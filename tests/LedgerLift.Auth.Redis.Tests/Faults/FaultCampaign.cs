using LedgerLift.Auth.Contract;
using LedgerLift.Resilience;
using LedgerLift.Testing;
using StackExchange.Redis;

namespace LedgerLift.Auth.Redis.Tests;

/// <summary>Short histories of concurrent callers, recorded while something goes wrong again and again, and each checked against the sequential model.</summary>
internal sealed class FaultCampaign(IConnectionMultiplexer connection, Func<IEnumerable<IServer>> masters, string keyPrefix)
{
    private const int CallsPerCaller = 5;

    private readonly ContractClock _clock = new();
    private string? _unseen;

    /// <summary>How many calls had no answer.</summary>
    public int Unanswered { get; private set; }

    /// <summary>How many calls were made.</summary>
    public int Calls { get; private set; }

    /// <summary>One history.</summary>
    /// <param name="round">Its number; each has keys of its own.</param>
    /// <param name="random">Where the calls come from.</param>
    /// <param name="fault">What goes wrong, again and again until the callers are done.</param>
    public async Task RunAsync(int round, SeededRandom random, Func<Task> fault)
    {
        var prefix = $"{keyPrefix}{round}";
        var store = new RedisTokenStore(connection, new RedisTokenStoreOptions { KeyPrefix = prefix, Resilience = Policy() }, _clock);
        var recorder = new HistoryRecorder(store, _clock.Start, amidFaults: true);
        var callers = TokenStoreContract.Draw(random, TokenStoreContract.Callers * CallsPerCaller, families: false).Chunk(CallsPerCaller);
        var working = Task.WhenAll([.. callers.Select((operations, caller) => Task.Run(() => recorder.RunAsync(caller, operations)))]);
        do await fault();
        while (!working.IsCompleted);
        await working;

        HistoryChecker.Check(recorder.Calls, new TokenStoreModel(rank: RedisTokenStoreContract.RankByHash), inSteps: true);
        Calls += recorder.Calls.Count;
        Unanswered += recorder.Calls.Count(call => call.Answer is null);
        try
        {
            await Poll.UntilAsync(() => AllExpireAsync(prefix), TimeSpan.FromSeconds(30));
        }
        catch (TimeoutException)
        {
            Assert.Fail($"After round {round} the keys cannot be seen: {_unseen}\n{connection.GetStatus()}");
        }
    }

    // The last fault may have ended this connection, too; then there is nothing to be seen yet. A server that was slow to answer meanwhile is left alone until the
    // client looks again, as it does at once for the store's calls.
    private async ValueTask<bool> AllExpireAsync(string prefix)
    {
        try
        {
            var nodes = masters().ToList();
            await Task.WhenAll(nodes.Select(server => server.PingAsync()));
            var keys = await RedisKeys.OfAsync(nodes, prefix);
            if (keys.Count > 0)
                await KeyExpiry.AssertAllAsync(connection.GetDatabase(), keys);
            return nodes.Count > 0;
        }
        catch (RedisException failure)
        {
            _unseen = failure.Message;
            await connection.ConfigureAsync();
            return false;
        }
    }

    // Enough tries for a server that comes back, and no breaker, which would spare most calls the faults.
    private static ResiliencePolicyOptions Policy()
    {
        var policy = Impatience.Patience();
        (policy.AttemptTimeout, policy.Budget) = (TimeSpan.FromSeconds(5), null);
        return policy;
    }
}
