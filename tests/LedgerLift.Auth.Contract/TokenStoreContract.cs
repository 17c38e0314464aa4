namespace LedgerLift.Auth.Contract;

/// <summary>What every token store promises. A test class inherits it and says how to make an empty store.</summary>
public abstract partial class TokenStoreContract
{
    /// <summary>No store keeps more than milliseconds, and a server's own clock must agree with this one roughly.</summary>
    protected DateTimeOffset Start => Clock.Start;

    /// <summary>The clock of every store of the running test.</summary>
    protected ContractClock Clock { get; } = new();

    /// <summary>False when a store over several servers needs two instants for one call; the histories then allow for it.</summary>
    protected virtual bool IsAtomic => true;

    /// <summary>How many cases a property tries.</summary>
    protected virtual int Cases => 500;

    /// <summary>How many short histories of concurrent callers are recorded and checked.</summary>
    protected virtual int Histories => 300;

    /// <summary>Makes an empty store that nothing else uses.</summary>
    protected abstract ValueTask<ITokenStore> CreateAsync(int maxActiveTokensPerUser = 0);

    /// <summary>In which order a store has tokens that expire at the same instant: by the ordinal order of these texts.</summary>
    /// <param name="id">The token's id, or its family's.</param>
    /// <param name="isFamily">Which of the two.</param>
    protected virtual string RankOf(string id, bool isFamily) => TokenStoreModel.RankById(id, isFamily);

    internal TokenStoreModel NewModel(int maxPerUser = 0) => new(maxPerUser: maxPerUser, rank: RankOf);

    /// <summary>Records what concurrent callers see.</summary>
    internal virtual async Task<IReadOnlyList<HistoryCall>> RecordAsync(ITokenStore store, IReadOnlyList<TokenOperation[]> callers)
    {
        var recorder = new HistoryRecorder(store, Start);
        await Task.WhenAll(callers.Select((operations, caller) => Task.Run(() => recorder.RunAsync(caller, operations))));
        return recorder.Calls;
    }

    private DateTimeOffset In(double minutes) => Clock.GetUtcNow() + TimeSpan.FromMinutes(minutes);

    private static async Task<List<StoredToken>> ListAsync(ITokenStore store, string userId)
    {
        var tokens = new List<StoredToken>();
        await foreach (var token in store.ListActiveAsync(userId))
            tokens.Add(token);
        return tokens;
    }

    private static async Task<TokenStoreException> RefusedAsync(ValueTask store) =>
        await Assert.ThrowsAsync<TokenStoreException>(() => store.AsTask());
}
