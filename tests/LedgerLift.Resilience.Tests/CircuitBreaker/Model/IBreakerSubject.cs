namespace LedgerLift.Resilience.Tests;

/// <summary>What a command can be done to: the breaker under test and the reference it is compared with. Calls are told apart by keys.</summary>
internal interface IBreakerSubject
{
    BreakerState State { get; }

    BreakerAdmission Enter(int key);

    void Complete(int key, BreakerReport report, Exception? cause);

    void Isolate();

    void Close();

    void Trip(Exception? cause);

    void Update(CircuitBreakerOptions options);

    BreakerSnapshot Snapshot();
}
