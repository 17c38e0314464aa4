namespace LedgerLift.Resilience.Tests;

/// <summary>A result that must be disposed, and that may fail at it.</summary>
internal sealed class Stock(bool withBug) : IDisposable
{
    internal bool IsBad { get; init; }

    internal int Disposed { get; private set; }

    public void Dispose()
    {
        Disposed++;
        if (withBug)
            throw new InvalidOperationException("A bug in Dispose.");
    }
}
