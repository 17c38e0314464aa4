using LedgerLift.Auth.Contract;
using LedgerLift.Testing;

namespace LedgerLift.Auth.Tests;

/// <summary>Histories of real threads on small full stores; <see cref="TokenTableInterleavingTests"/> tries the interleavings that chance seldom finds.</summary>
public sealed class InMemoryTokenStoreHistoryTests
{
    private readonly ManualTimeProvider _clock = new();

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    public void A_full_store_changes_at_one_instant(int maxEntries, int maxPerUser)
    {
        var random = new SeededRandom();
        using var threads = new CallerThreads(2);
        for (var round = 0; round < 500; round++)
            Check(threads, maxEntries, maxPerUser, TokenStoreContract.Draw(random, 12));
    }

    private void Check(CallerThreads threads, int maxEntries, int maxPerUser, TokenOperation[] operations)
    {
        var options = new InMemoryTokenStoreOptions { MaxEntries = maxEntries, MaxActiveTokensPerUser = maxPerUser };
        var recorder = new HistoryRecorder(new InMemoryTokenStore(options, _clock), _clock.GetUtcNow());
        recorder.RunOn(threads, [.. operations.Chunk(operations.Length / threads.Count)]);
        HistoryChecker.Check(recorder.Calls, new TokenStoreModel(maxEntries, maxPerUser), inSteps: false);
    }
}
