using LedgerLift.Resilience;

namespace LedgerLift.Data;

/// <summary>Opens sessions and runs work outside transactions. Thread-safe.</summary>
internal sealed class WorkRunner(SessionServices services)
{
    /// <summary>Opens a session for a caller who holds it; only the opening is repeated.</summary>
    public async ValueTask<DatabaseSession> OpenAsync(SessionCaller caller, CancellationToken cancellationToken)
    {
        RetryLoop? loop = null;
        while (true)
        {
            try
            {
                var lease = await services.Pool.RentAsync(caller, PingRule.WhenLongIdle, cancellationToken).ConfigureAwait(false);
                return new DatabaseSession(services, lease, isManaged: false);
            }
            catch (Exception failure) when ((loop ??= NewLoop()).Allows(failure, cancellationToken))
            {
                // Tried again below.
            }

            await loop.PauseAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask<T> RunAsync<T>(
        OperationSafety safety,
        Func<DatabaseSession, CancellationToken, ValueTask<T>> work,
        SessionCaller caller,
        CancellationToken cancellationToken
    )
    {
        var loop = new RetryLoop(services, safety, services.Options.Retry.MaxRetries);
        var ping = safety == OperationSafety.Idempotent ? PingRule.Never : PingRule.Always;
        while (true)
        {
            loop.Begin();
            try
            {
                return await TryAsync(work, loop, caller, ping, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception failure) when (loop.Allows(failure, cancellationToken))
            {
                // Tried again below.
            }

            await loop.PauseAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private RetryLoop NewLoop()
    {
        var loop = new RetryLoop(services, safety: null, services.Options.Retry.MaxRetries);
        loop.Begin();
        return loop;
    }

    private async ValueTask<T> TryAsync<T>(
        Func<DatabaseSession, CancellationToken, ValueTask<T>> work,
        RetryLoop loop,
        SessionCaller caller,
        PingRule ping,
        CancellationToken cancellationToken
    )
    {
        var lease = await services.Pool.RentAsync(caller, ping, cancellationToken).ConfigureAwait(false);
        var session = new DatabaseSession(services, lease, isManaged: false);
        await using (session.ConfigureAwait(false))
        {
            try
            {
                return await work(session, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                loop.Note(session);
            }
        }
    }
}
