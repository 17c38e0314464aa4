namespace LedgerLift.Data;

/// <summary>Runs work in transactions. Thread-safe.</summary>
internal sealed class TransactionRunner(SessionServices services)
{
    public ValueTask<T> RunAsync<T>(
        Func<DatabaseSession, CancellationToken, ValueTask<T>> work,
        TransactionSettings settings,
        SessionCaller caller,
        CancellationToken cancellationToken
    ) =>
        settings.Timeout is { } timeout
            ? RunWithinAsync(timeout, work, settings, caller, cancellationToken)
            : RunAsync(NewLoop(settings), work, settings, caller, cancellationToken);

    private async ValueTask<T> RunWithinAsync<T>(
        TimeSpan timeout,
        Func<DatabaseSession, CancellationToken, ValueTask<T>> work,
        TransactionSettings settings,
        SessionCaller caller,
        CancellationToken cancellationToken
    )
    {
        var loop = NewLoop(settings);
        using var limit = new CancellationTokenSource(timeout, services.Pool.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await RunAsync(loop, work, settings, caller, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException ended) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(
                $"The transaction was not done within {timeout:c} (Timeout); it was rolled back.",
                loop.LastFailure ?? ended
            );
        }
        catch (OperationCanceledException ended) when (cancellationToken.IsCancellationRequested && ended.CancellationToken == either.Token)
        {
            // The caller knows its own token, not the one linked to it.
            throw new OperationCanceledException(ended.Message, ended, cancellationToken);
        }
    }

    private async ValueTask<T> RunAsync<T>(
        RetryLoop loop,
        Func<DatabaseSession, CancellationToken, ValueTask<T>> work,
        TransactionSettings settings,
        SessionCaller caller,
        CancellationToken cancellationToken
    )
    {
        using var span = TransactionSpan.Start(services);
        while (true)
        {
            loop.Begin();
            try
            {
                return await TryAsync(loop, work, settings, caller, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception failure) when (loop.Allows(failure, cancellationToken))
            {
                TransactionSpan.Retrying(span, failure, loop.Failure);
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                TransactionSpan.Failed(span, failure);
                throw;
            }

            await loop.PauseAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<T> TryAsync<T>(
        RetryLoop loop,
        Func<DatabaseSession, CancellationToken, ValueTask<T>> work,
        TransactionSettings settings,
        SessionCaller caller,
        CancellationToken cancellationToken
    )
    {
        var lease = await services.Pool.RentAsync(caller, PingRule.Never, cancellationToken).ConfigureAwait(false);
        var session = new DatabaseSession(services, lease, isManaged: true);
        await using (session.ConfigureAwait(false))
        {
            try
            {
                await session.BeginTransactionAsync(settings, cancellationToken).ConfigureAwait(false);
                var result = await WorkAsync(work, session, cancellationToken).ConfigureAwait(false);
                session.ThrowIfTransactionEnded();
                cancellationToken.ThrowIfCancellationRequested();
                await session.FinishAsync().ConfigureAwait(false);
                return result;
            }
            finally
            {
                loop.Note(session);
            }
        }
    }

    private static async ValueTask<T> WorkAsync<T>(
        Func<DatabaseSession, CancellationToken, ValueTask<T>> work,
        DatabaseSession session,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await work(session, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (session.IsLostOwnCommit(failure))
        {
            throw new InvalidOperationException(
                "The work committed the transaction itself, and the reply was lost: it may be there, and is not run again. Return from the work to commit.",
                failure
            );
        }
    }

    private RetryLoop NewLoop(TransactionSettings settings) =>
        new(services, safety: null, settings.MaxRetries ?? services.Options.Retry.MaxRetries, settings.ReadOnly);
}
