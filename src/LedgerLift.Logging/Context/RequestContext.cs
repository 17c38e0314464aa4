namespace LedgerLift.Logging;

/// <summary>The request that the running code works for. Flows through awaits, tasks and threads that are started; not back, and not into the next request.</summary>
/// <remarks>Thread-safe: each flow of execution has its own value.</remarks>
public static class RequestContext
{
    private static readonly AsyncLocal<RequestScope?> s_current = new();

    /// <summary>The id of the request, or null outside of one and after its end.</summary>
    public static string? RequestId => s_current.Value?.Id;

    /// <summary>Sets the id of the request for the code that follows, until the result is disposed; then the id from before is back.</summary>
    /// <param name="requestId">Any text that is not blank. It is written to logs: do not put an inbound header here unchecked.</param>
    /// <returns>Ends the request. Work that goes on behind it has no request id any more. Disposing twice is harmless.</returns>
    /// <exception cref="ArgumentException"><paramref name="requestId"/> is null, empty or blank.</exception>
    public static IDisposable SetRequestId(string requestId)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(requestId);
        var scope = new RequestScope(requestId, s_current.Value);
        s_current.Value = scope;
        return scope;
    }

    // Ended in the flow that began it: the one before it is current again. Ended elsewhere: the scope itself says that it is over.
    private sealed class RequestScope(string requestId, RequestScope? outer) : IDisposable
    {
        private volatile bool _isOver;

        public string? Id => _isOver ? outer?.Id : requestId;

        public void Dispose()
        {
            if (_isOver)
                return;

            _isOver = true;
            if (ReferenceEquals(s_current.Value, this))
                s_current.Value = outer;
        }
    }
}
