using LedgerLift.Auth.Contract;
using LedgerLift.Resilience;
using LedgerLift.Testing;

namespace LedgerLift.Auth.Redis.Tests;

/// <summary>Short histories of concurrent callers, recorded while something goes wrong again and again, and each checked against the sequential model.</summary>
/// <param name="connection">The store's own.</param>
/// <param name="open">Opens another one, to look at the keys.</param>
/// <param name="keyPrefix">What all keys begin with.</param>
internal sealed class FaultCampaign(RedisConnection connection, Func<Task<RedisLink>> open, string keyPrefix)
{
    private const int CallsPerCaller = 5;

    private readonly ContractClock _clock = new();

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
        var options = new RedisTokenStoreOptions { KeyPrefix = prefix, Resilience = Policy() };
        var store = new RedisTokenStore(connection, acknowledgements: null, options, executor: null, _clock, logger: null);
        var recorder = new HistoryRecorder(store, _clock.Start, amidFaults: true);
        var callers = TokenStoreContract.Draw(random, TokenStoreContract.Callers * CallsPerCaller, families: false).Chunk(CallsPerCaller);
        var working = Task.WhenAll([.. callers.Select((operations, caller) => Task.Run(() => recorder.RunAsync(caller, operations)))]);
        do await fault();
        while (!working.IsCompleted);
        await working;

        HistoryChecker.Check(recorder.Calls, new TokenStoreModel(rank: RedisTokenStoreContract.RankByHash), inSteps: true);
        Calls += recorder.Calls.Count;
        Unanswered += recorder.Calls.Count(call => call.Answer is null);
        await AssertAllExpireAsync(prefix);
    }

    private async Task AssertAllExpireAsync(string prefix)
    {
        await using var link = await open();
        var masters = RedisNodesFixture.MastersOf(link.Connection).ToList();
        Assert.NotEmpty(masters);
        var keys = await RedisKeys.OfAsync(masters, prefix);
        if (keys.Count > 0)
            await KeyExpiry.AssertAllAsync(link.Connection.GetDatabase(), keys);
    }

    // Enough tries for a server that comes back, and no breaker, which would spare most calls the faults.
    private static ResiliencePolicyOptions Policy()
    {
        var policy = Impatience.Patience();
        (policy.AttemptTimeout, policy.Budget) = (TimeSpan.FromSeconds(5), null);
        return policy;
    }
}
