using StackExchange.Redis;

namespace LedgerLift.Auth.Redis;

/// <summary>Commands on keys of one slot that the server runs all together, or none of them: MULTI and EXEC.</summary>
internal sealed class RedisTransaction(IDatabase database)
{
    private readonly ITransaction _transaction = database.CreateTransaction();
    private readonly List<Task> _answers = [];

    /// <summary>Adds a command that must not be refused.</summary>
    internal void Add<T>(Func<ITransaction, Task<T>> command) => _answers.Add(command(_transaction));

    /// <summary>Adds a command whose answer is wanted; it is there once <see cref="CommitAsync"/> has ended well.</summary>
    internal Task<T> AskAsync<T>(Func<ITransaction, Task<T>> command)
    {
        var answer = command(_transaction);
        _answers.Add(answer);
        return answer;
    }

    /// <summary>Adds a command that is refused when its key does not exist, which is as good as success.</summary>
    internal void AddOptional<T>(Func<ITransaction, Task<T>> command) => BoundedCall.Abandon(command(_transaction));

    /// <summary>Sends all commands and waits for all answers.</summary>
    /// <exception cref="RedisServerException">A command was refused.</exception>
    internal async ValueTask CommitAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _transaction.ExecuteAsync(CommandFlags.DemandMaster).WithinAsync(cancellationToken).ConfigureAwait(false);
            foreach (var answer in _answers)
                await answer.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _answers.ForEach(BoundedCall.Abandon);
            throw;
        }
    }

    /// <summary>Sends all commands and waits for none.</summary>
    internal void Send() => BoundedCall.Abandon(_transaction.ExecuteAsync(CommandFlags.DemandMaster | CommandFlags.FireAndForget));
}
