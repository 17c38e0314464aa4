using System.Runtime.CompilerServices;

namespace LedgerLift.Benchmarks;

/// <summary>One thing that is called again and again, and measured.</summary>
/// <remarks>
/// Every scenario of a kind goes through the same loop. The loops opt out of tiering: profile-guided inlining would otherwise favour the
/// scenario that warmed the loop first. What the loop calls is compiled in tiers, as in any program.
/// </remarks>
internal sealed class Scenario
{
    private readonly Func<int, Task> _run;

    private Scenario(string name, Func<int, Task> run, bool staysOnThread)
    {
        Name = name;
        _run = run;
        StaysOnThread = staysOnThread;
    }

    public string Name { get; }

    /// <summary>Whether a batch begins and ends on one thread, so that this thread's allocation counter sees all of it.</summary>
    public bool StaysOnThread { get; }

    /// <summary>An ordinary call.</summary>
    public static Scenario Call<T>(string name, Func<T> call) => new(name, count => Done(Loop(call, count)), staysOnThread: true);

    /// <summary>An asynchronous call that is complete when it returns.</summary>
    public static Scenario Completed<T>(string name, Func<ValueTask<T>> call) =>
        new(name, count => Done(LoopCompleted(call, count)), staysOnThread: true);

    /// <summary>An asynchronous call that may end later and elsewhere; allocation is counted over the whole process.</summary>
    public static Scenario Awaited<T>(string name, Func<ValueTask<T>> call) =>
        new(name, count => LoopAwaited(call, count), staysOnThread: false);

    /// <summary>Calls <paramref name="count"/> times in a row.</summary>
    public Task RunAsync(int count) => _run(count);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static T LoopCompleted<T>(Func<ValueTask<T>> call, int count)
    {
        var last = default(T)!;
        for (var i = 0; i < count; i++)
            last = call().Take();

        return last;
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static T Loop<T>(Func<T> call, int count)
    {
        var last = default(T)!;
        for (var i = 0; i < count; i++)
            last = call();

        return last;
    }

    private static async Task LoopAwaited<T>(Func<ValueTask<T>> call, int count)
    {
        for (var i = 0; i < count; i++)
            await call();
    }

    private static Task Done<T>(T last)
    {
        GC.KeepAlive(last);
        return Task.CompletedTask;
    }
}
