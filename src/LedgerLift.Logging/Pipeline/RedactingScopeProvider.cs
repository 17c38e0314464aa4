using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LedgerLift.Logging;

/// <summary>
/// Gives providers the open scopes, the context of the event and what the host tracks of the activity, tags and baggage among it: all redacted.
/// </summary>
/// <param name="inner">Keeps the scopes.</param>
/// <param name="source">The rules.</param>
/// <param name="tracking">What the host tracks of the activity.</param>
/// <param name="addsContext">Whether request, trace and span id stand in a scope too, for providers that show scopes and no pairs.</param>
internal sealed class RedactingScopeProvider(
    IExternalScopeProvider inner,
    RedactorSource source,
    IOptions<LoggerFactoryOptions> tracking,
    bool addsContext
) : IExternalScopeProvider
{
    // What the framework's own provider keeps was redacted when it was pushed.
    private readonly bool _redactsAll = inner is not LoggerExternalScopeProvider;
    private readonly ActivityTrackingOptions _tracking = tracking.Value.ActivityTrackingOptions;

    public IDisposable Push(object? state) => inner.Push(Redacted(state));

    public void ForEachScope<TState>(Action<object?, TState> callback, TState state)
    {
        ArgumentNullException.ThrowIfNull(callback);
        if (addsContext && ContextScope() is { } context)
            callback(context, state);

        if (_tracking is not ActivityTrackingOptions.None && Activity.Current is { } activity)
        {
            foreach (var scope in ActivityScopes.Of(activity, _tracking))
                callback(Redacted(scope), state);
        }

        if (_redactsAll)
            inner.ForEachScope((scope, both) => both.callback(both.self.Redacted(scope), both.state), (self: this, callback, state));
        else
            inner.ForEachScope(callback, state);
    }

    private static RedactedLogState? ContextScope()
    {
        var context = EventContext.Current;
        if (context.Count == 0)
            return null;

        var pairs = new KeyValuePair<string, object?>[context.Count];
        for (var i = 0; i < pairs.Length; i++)
            pairs[i] = context[i];

        return new RedactedLogState(pairs, ActivityScopes.TextOf(pairs));
    }

    private object? Redacted(object? scope) => scope is null or RedactedLogState ? scope : ScopeRedactor.Redact(source.Current, scope);
}
