namespace LedgerLift.Auditing.Postgres.Tests;

/// <summary>Checkpoints out of the database's reach: in the memory of the test.</summary>
internal sealed class ListAnchor : IAuditAnchorSink, IAuditAnchorSource
{
    private readonly Lock _lock = new();
    private readonly List<AuditCheckpoint> _checkpoints = [];

    internal IReadOnlyList<AuditCheckpoint> Checkpoints
    {
        get
        {
            lock (_lock)
                return [.. _checkpoints];
        }
    }

    public ValueTask AppendAsync(AuditCheckpoint checkpoint, CancellationToken cancellationToken = default)
    {
        lock (_lock)
            _checkpoints.Add(checkpoint);
        return ValueTask.CompletedTask;
    }

    public async IAsyncEnumerable<AuditCheckpoint> ReadAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        foreach (var checkpoint in Checkpoints)
        {
            await Task.CompletedTask;
            yield return checkpoint;
        }
    }
}
