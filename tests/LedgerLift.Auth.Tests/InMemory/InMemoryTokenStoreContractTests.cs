using LedgerLift.Auth.Contract;

namespace LedgerLift.Auth.Tests;

public sealed class InMemoryTokenStoreContractTests : TokenStoreContract, IDisposable
{
    private readonly CallerThreads _threads = new(Callers);

    protected override ValueTask<ITokenStore> CreateAsync(int maxActiveTokensPerUser = 0) =>
        new(new InMemoryTokenStore(new InMemoryTokenStoreOptions { MaxActiveTokensPerUser = maxActiveTokensPerUser }, Clock));

    internal override Task<IReadOnlyList<HistoryCall>> RecordAsync(ITokenStore store, IReadOnlyList<TokenOperation[]> callers)
    {
        var recorder = new HistoryRecorder(store, Start);
        recorder.RunOn(_threads, callers);
        return Task.FromResult(recorder.Calls);
    }

    public void Dispose() => _threads.Dispose();
}
