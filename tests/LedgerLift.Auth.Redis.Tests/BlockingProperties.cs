using System.Runtime.CompilerServices;

namespace LedgerLift.Auth.Redis.Tests;

/// <summary>A property of FsCheck blocks a thread of the pool until its last case is done; the answers of the server need threads, too.</summary>
internal static class BlockingProperties
{
    private const int Threads = 32;

    [ModuleInitializer]
    internal static void GiveThemThreads() => ThreadPool.SetMinThreads(Threads, Threads);
}
