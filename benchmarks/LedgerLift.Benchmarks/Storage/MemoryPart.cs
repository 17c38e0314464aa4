using System.Diagnostics.CodeAnalysis;
using LedgerLift.Storage;

namespace LedgerLift.Benchmarks;

/// <summary>What an upload of two gigabytes takes of the machine's memory.</summary>
internal static class MemoryPart
{
    private const long Length = 2L * 1024 * 1024 * 1024;

    public static async Task RunAsync(BenchmarkRun run)
    {
        await using var sink = new DiscardingSink();
        using var store = new S3ObjectStore(StorageSetups.Options(sink.Url));
        await WarmUpAsync(sink);
        var before = Resident();
        var peak = before;
        await run.OnceAsync(
            "2 GiB from a stream that cannot seek",
            async () =>
            {
                using var done = new CancellationTokenSource();
                var watching = WatchAsync(value => peak = Math.Max(peak, value), done.Token);
                await store.UploadAsync(ObjectKey.Parse("large"), new EndlessStream(run.IsDry ? 40L * 1024 * 1024 : Length));
                await done.CancelAsync();
                await watching;
            }
        );

        run.Figure("storage.stream_2gib_rss_growth", (peak - before) / (1024.0 * 1024), "MiB", Goal.AtMost(64));
    }

    // What the code itself needs, an upload of any size does: another store sends one, and gives back all that it took.
    [SuppressMessage("Major Code Smell", "S1215", Justification = "The first upload's memory must not be there for the second.")]
    private static async Task WarmUpAsync(DiscardingSink sink)
    {
        using (var other = new S3ObjectStore(StorageSetups.Options(sink.Url)))
            await other.UploadAsync(ObjectKey.Parse("first"), new EndlessStream(17 * 1024 * 1024));
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    private static async Task WatchAsync(Action<long> see, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            see(Resident());
            await Task.Delay(25, CancellationToken.None);
        }
    }

    // A few bytes of garbage a look, so that looking does not count.
    private static long Resident() => Environment.WorkingSet;
}
