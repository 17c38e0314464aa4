namespace LedgerLift.Resilience.Tests;

/// <summary>The breaker under test, through its public face. Keeps every permit, completed ones too.</summary>
internal sealed class RealBreaker(CircuitBreaker breaker) : IBreakerSubject
{
    private readonly Dictionary<int, BreakerPermit> _permits = [];

    public BreakerState State => breaker.State;

    public BreakerAdmission Enter(int key)
    {
        var admitted = breaker.TryEnter(out var permit, out var rejection);
        _permits[key] = permit;
        return new BreakerAdmission(admitted, permit.IsProbe, rejection);
    }

    public void Complete(int key, BreakerReport report, Exception? cause)
    {
        var permit = _permits.GetValueOrDefault(key);
        switch (report)
        {
            case BreakerReport.Success:
                permit.Success();
                break;
            case BreakerReport.Failure:
                permit.Failure(cause);
                break;
            default:
                permit.Ignore();
                break;
        }
    }

    public void Isolate() => breaker.Isolate();

    public void Close() => breaker.Close();

    public void Trip(Exception? cause) => breaker.Trip(cause);

    public void Update(CircuitBreakerOptions options) => breaker.Update(options);

    public BreakerSnapshot Snapshot() => breaker.GetSnapshot();
}
