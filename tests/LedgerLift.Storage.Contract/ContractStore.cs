namespace LedgerLift.Storage.Contract;

/// <summary>A store that a test was given; disposing it removes what it holds.</summary>
public sealed class ContractStore(IObjectStore objects, IMultipartUploads parts, Func<ValueTask>? dispose = null) : IAsyncDisposable
{
    public IObjectStore Objects => objects;

    public IMultipartUploads Parts => parts;

    public ValueTask DisposeAsync() => dispose is null ? ValueTask.CompletedTask : dispose();
}
