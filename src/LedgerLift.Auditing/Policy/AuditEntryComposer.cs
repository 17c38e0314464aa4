using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LedgerLift.Auditing;

/// <summary>Makes entries of actions: id, time, request id, trace id, policy and redaction. What every <see cref="IAuditLogger"/> begins with. Safe to use from any thread.</summary>
public sealed class AuditEntryComposer
{
    private readonly AuditPolicy _policy;
    private readonly Func<JsonElement, JsonElement>? _redactDetails;
    private readonly Func<string?>? _requestId;
    private readonly int _maxDetailsBytes;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;

    /// <summary>Makes a composer.</summary>
    /// <param name="options">Policy and redaction; null for the defaults. Read once.</param>
    /// <param name="timeProvider">The clock of the entries; null for the system's.</param>
    /// <param name="logger">Hears of details that could not be redacted; null for silence.</param>
    /// <exception cref="ArgumentException">An option is out of range; the message names all that are.</exception>
    public AuditEntryComposer(AuditingOptions? options = null, TimeProvider? timeProvider = null, ILogger? logger = null)
    {
        options ??= new AuditingOptions();
        OptionsGuard.ThrowIfInvalid(new AuditingOptionsValidator(), options, nameof(options));
        _policy = new AuditPolicy(options.Rules);
        _redactDetails = options.RedactDetails;
        _requestId = options.RequestId;
        _maxDetailsBytes = options.MaxDetailsBytes;
        _timeProvider = timeProvider ?? TimeProvider.System;
        _logger = logger ?? NullLogger.Instance;
    }

    /// <summary>Makes the entry of an action that happens now. Its id is of version 7, of the entry's own time.</summary>
    /// <param name="action">What happened.</param>
    /// <returns>The entry and the rule of the policy.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="action"/> is null.</exception>
    /// <exception cref="ArgumentException">The action makes no valid entry, or its details are too long.</exception>
    /// <exception cref="AuditException">The redactor threw, and the policy for this action is <see cref="AuditFailureMode.FailOperation"/>. Under the other one, the entry is made without details.</exception>
    public AuditComposition Compose(AuditAction action)
    {
        ArgumentNullException.ThrowIfNull(action);
        var rule = _policy.Find(action.Action, action.ResourceType);
        var now = _timeProvider.GetUtcNow();
        var entry = new AuditEntry(Guid.CreateVersion7(now), now, action.Action, action.ResourceType, action.Result)
        {
            ResourceId = action.ResourceId,
            UserId = action.UserId,
            IpAddress = action.IpAddress,
            UserAgent = action.UserAgent,
            RequestId = _requestId?.Invoke(),
            TraceId = TraceId(),
            Details = rule.Level is AuditLevel.Full ? Redact(action, rule) : null,
        };
        if (entry.CanonicalDetails is { Length: var length } && length > _maxDetailsBytes)
            throw new ArgumentException(
                $"The details have {length} bytes; {nameof(AuditingOptions.MaxDetailsBytes)} is {_maxDetailsBytes}.",
                nameof(action)
            );
        return new AuditComposition(entry, rule);
    }

    private static string? TraceId() =>
        Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.TraceId.ToHexString() : null;

    private JsonElement? Redact(AuditAction action, AuditPolicyRule rule)
    {
        if (_redactDetails is null || action.Details is not { } details)
            return action.Details;
        try
        {
            return _redactDetails(details);
        }
        // The redactor is the host's own code and may throw anything; what it could not judge must not be written.
#pragma warning disable CA1031
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (rule.OnFailure is AuditFailureMode.FailOperation)
                throw new AuditException(
                    "The details could not be redacted, so the entry was not written.",
                    AuditErrorCodes.RedactionFailed,
                    isTransient: false,
                    exception
                );
            Log.DetailsNotRedacted(_logger, exception.GetType().Name);
            return null;
        }
    }
}
