using LedgerLift.Resilience;

namespace LedgerLift.Data;

/// <summary>Counts the tries of one call and decides about the next. Not thread-safe.</summary>
/// <param name="services">What sessions share.</param>
/// <param name="safety">Null for a transaction.</param>
/// <param name="maxRetries">The most retries.</param>
/// <param name="isReadOnly">Whether the caller has forbidden writes itself, so that no other server would take them.</param>
internal sealed class RetryLoop(SessionServices services, OperationSafety? safety, int maxRetries, bool isReadOnly = false)
{
    /// <summary>Deaths of pooled connections that do not count: they say nothing about the server of now.</summary>
    private const int FreeRetries = 2;

    private int _retries;
    private int _free;
    private bool _workEndedTransaction;
    private bool _wasReused;
    private bool _isFree;
    private DatabaseFailure _failure;

    public DatabasePhase Phase { get; private set; }

    public Exception? LastFailure { get; private set; }

    /// <summary>What the last failure was taken for.</summary>
    public DatabaseFailure Failure => _failure;

    /// <summary>A try begins.</summary>
    public void Begin() => (Phase, _workEndedTransaction, _wasReused) = (DatabasePhase.Opening, false, false);

    /// <summary>A try has come as far as its session has, before the session is closed.</summary>
    public void Note(DatabaseSession session) =>
        (Phase, _workEndedTransaction, _wasReused) = (session.Phase, session.IsTransactionEnded, session.IsReused);

    /// <summary>Whether the work may be run again after this failure.</summary>
    public bool Allows(Exception failure, CancellationToken cancellationToken)
    {
        LastFailure = failure;
        _failure = DatabaseFailureClassifier.Classify(failure, Phase);
        if (isReadOnly && _failure == DatabaseFailure.NotPrimary && Phase != DatabasePhase.Opening)
            return false;
        if (_workEndedTransaction || cancellationToken.IsCancellationRequested)
            return false;
        // Whatever the work is: before a session was there, none of it was done.
        var mayRepeat =
            safety is { } kind && Phase != DatabasePhase.Opening
                ? RepeatRules.MayRepeatWork(_failure, kind)
                : RepeatRules.MayRepeatTransaction(_failure);
        if (!mayRepeat)
            return false;
        _isFree = _wasReused && _free < FreeRetries && FailureCause.IsConnectionLoss(failure);
        return _isFree || _retries < maxRetries;
    }

    /// <summary>Waits for the next try.</summary>
    public async ValueTask PauseAsync(CancellationToken cancellationToken)
    {
        if (_failure == DatabaseFailure.NotPrimary)
        {
            Log.NotPrimary(services.Logger, services.Options.Name);
            services.Pool.DataSource.Clear();
        }

        services.Metrics.RecordRetry(_failure);
        var delay = TimeSpan.Zero;
        if (_isFree)
            _free++;
        else
            delay = JitteredBackoff.GetDelay(services.Options.Retry, _retries++, Randomness.Next());
        Log.Retrying(services.Logger, services.Options.Name, _failure, delay, _retries + _free, LastFailure!);
        if (delay > TimeSpan.Zero)
            await Task.Delay(delay, services.Pool.Time, cancellationToken).ConfigureAwait(false);
    }
}
