namespace LedgerLift.Resilience.Tests;

/// <summary>
/// Runs an operation on several threads for as long as it takes until they have got into one another's way: beside each operation a plain counter is
/// incremented, and increments it loses are collisions that happened. A busy machine gives threads no second core for long whiles, and a fixed number
/// of operations would then prove nothing. Ends after a time all the same: a machine with one core has no collisions.
/// </summary>
internal sealed class Rush
{
    private const int Enough = 50;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly long _started = TimeProvider.System.GetTimestamp();
    private readonly long[] _done;
    private long _plain;
    private bool _over;

    private Rush(int threads) => _done = new long[threads];

    private long Collisions => _done.Sum() - Volatile.Read(ref _plain);

    /// <summary>Rushes, and returns how many operations there were.</summary>
    public static async Task<long> RunAsync(int threads, Action<int> operation)
    {
        var rush = new Rush(threads);
        await OnThreads(threads, thread => rush.Go(thread, operation));
        TestContext.Current.TestOutputHelper?.WriteLine($"{rush._done.Sum()} operations, {rush.Collisions} collisions");
        return rush._done.Sum();
    }

    /// <summary>Runs the body on each of so many threads, which begin together: a thread takes longer to start than many bodies to end.</summary>
    public static async Task OnThreads(int threads, Action<int> body)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var together = new Barrier(threads);
        var tasks = Enumerable
            .Range(0, threads)
            .Select(thread =>
                Task.Factory.StartNew(() => Begin(thread), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default)
            );
        await Task.WhenAll(tasks).WaitAsync(Patience, cancellation);

        void Begin(int thread)
        {
            together.SignalAndWait(Patience, cancellation);
            body(thread);
        }
    }

    private void Go(int thread, Action<int> operation)
    {
        while (!Volatile.Read(ref _over))
        {
            operation(thread);
            _plain++;
            _done[thread]++;
            if (thread == 0 && _done[0] % 1_000 == 0)
                Volatile.Write(ref _over, Collisions > Enough || TimeProvider.System.GetElapsedTime(_started) > Longest);
        }
    }
}
