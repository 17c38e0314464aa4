namespace LedgerLift.Storage;

/// <summary>
/// A token that ends a while after the caller's: for requests whose outcome must be known even when nobody wants it any more, since what they leave behind
/// has to be taken away.
/// </summary>
internal sealed class Grace : IDisposable
{
    internal static readonly TimeSpan Length = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _end;
    private readonly CancellationTokenRegistration _registration;

    internal Grace(TimeProvider time, CancellationToken callerToken)
    {
        _end = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _registration = callerToken.UnsafeRegister(static state => ((CancellationTokenSource)state!).CancelAfter(Length), _end);
    }

    internal CancellationToken Token => _end.Token;

    public void Dispose()
    {
        _registration.Dispose();
        _end.Dispose();
    }
}
