using System.Text.Json;

namespace LedgerLift.Auditing;

/// <summary>One line of the audit trail: who did what to which thing, when, and how it ended. Immutable, safe to use from any thread.</summary>
/// <remarks>
/// <para>
/// An entry that exists is valid. Texts are well-formed Unicode without U+0000. In UTF-8, action, resource type, result, address and trace id have up to 256
/// bytes, the ids up to 1024, the user agent up to 8192. Details are any JSON up to <see cref="MaxDetailsDepth"/> levels deep, without duplicate names and
/// without half surrogate pairs (the I-JSON of RFC 7493).
/// </para>
/// <para>Two entries are equal when all values are; details are equal when their canonical form is: order of names and spelling of numbers do not matter.</para>
/// </remarks>
public sealed record AuditEntry
{
    /// <summary>How deep arrays and objects in <see cref="Details"/> may be nested.</summary>
    public const int MaxDetailsDepth = 256;

    private readonly byte[]? _canonicalDetails;

    /// <summary>Makes an entry.</summary>
    /// <param name="id">What no other entry has; not the empty one. Version 7 keeps indexes small.</param>
    /// <param name="timestamp">When it happened; kept in UTC, what is smaller than a microsecond cut off.</param>
    /// <param name="action">What was done, as in <c>document.upload</c>.</param>
    /// <param name="resourceType">The kind of thing it was done to.</param>
    /// <param name="result">How it ended, as in <c>success</c>.</param>
    /// <exception cref="ArgumentException">The id is empty, the timestamp is the default one, or a text is blank, too long or no valid Unicode; <see cref="ArgumentException.ParamName"/> names it.</exception>
    public AuditEntry(Guid id, DateTimeOffset timestamp, string action, string resourceType, string result)
    {
        if (id == Guid.Empty)
            throw new ArgumentException("The id of an audit entry must not be empty.", nameof(id));
        if (timestamp.UtcTicks < TimeSpan.TicksPerDay)
            throw new ArgumentException("The timestamp of an audit entry must be set.", nameof(timestamp));
        Id = id;
        Timestamp = AuditInstant.Truncate(timestamp);
        Action = AuditText.Required(action, AuditText.MaxNameBytes, nameof(action));
        ResourceType = AuditText.Required(resourceType, AuditText.MaxNameBytes, nameof(resourceType));
        Result = AuditText.Required(result, AuditText.MaxNameBytes, nameof(result));
    }

    /// <summary>What no other entry has.</summary>
    public Guid Id { get; }

    /// <summary>When it happened: UTC, whole microseconds.</summary>
    public DateTimeOffset Timestamp { get; private init; }

    /// <summary>What was done.</summary>
    public string Action { get; }

    /// <summary>The kind of thing it was done to.</summary>
    public string ResourceType { get; }

    /// <summary>How it ended.</summary>
    public string Result { get; }

    /// <summary>Which thing it was done to; null when there is no one thing.</summary>
    /// <exception cref="ArgumentException">Set to a text that is too long or no valid Unicode; so for the other texts.</exception>
    public string? ResourceId
    {
        get;
        init => field = AuditText.Optional(value, AuditText.MaxIdBytes, "resourceId");
    }

    /// <summary>Who did it; null when nobody is known.</summary>
    public string? UserId
    {
        get;
        init => field = AuditText.Optional(value, AuditText.MaxIdBytes, "userId");
    }

    /// <summary>From which address; null when there is none.</summary>
    public string? IpAddress
    {
        get;
        init => field = AuditText.Optional(value, AuditText.MaxNameBytes, "ipAddress");
    }

    /// <summary>With which program; null when unknown.</summary>
    public string? UserAgent
    {
        get;
        init => field = AuditText.Optional(value, AuditText.MaxAgentBytes, "userAgent");
    }

    /// <summary>In which request; null outside of one.</summary>
    public string? RequestId
    {
        get;
        init => field = AuditText.Optional(value, AuditText.MaxIdBytes, "requestId");
    }

    /// <summary>In which distributed trace, the 32 hex digits of W3C Trace Context; null outside of one.</summary>
    public string? TraceId
    {
        get;
        init => field = AuditText.Optional(value, AuditText.MaxNameBytes, "traceId");
    }

    /// <summary>More about it, a copy of the JSON it was set to; null for nothing, which is not the same as a JSON <c>null</c>.</summary>
    /// <exception cref="ArgumentException">Set to JSON that is undefined, nested too deep, has a name twice in one object or holds half of a surrogate pair.</exception>
    public JsonElement? Details
    {
        get;
        init
        {
            // Canonicalizing checks everything that details must be, and its bytes decide about equality.
            _canonicalDetails = value is { } details ? CanonicalJson.Serialize(details, "details") : null;
            field = value?.Clone();
        }
    }

    /// <summary>The details in canonical form (see <see cref="CanonicalJson"/>), UTF-8; null when there are none.</summary>
    public ReadOnlyMemory<byte>? CanonicalDetails =>
        // A bare null would be taken for a null array, and that for an empty memory.
        _canonicalDetails is null
            ? default(ReadOnlyMemory<byte>?)
            : _canonicalDetails;

    /// <summary>The entry as one line of JSON: camel-case names, what is null left out, the numbers of the details spelled as they were given.</summary>
    /// <returns>JSON from which <see cref="FromJson"/> makes an equal entry.</returns>
    public string ToJson() => AuditEntryJson.Write(this);

    /// <summary>The entry in canonical form (RFC 8785; see <see cref="CanonicalJson"/>), UTF-8: equal entries have equal bytes.</summary>
    /// <returns>A new array.</returns>
    public byte[] ToCanonicalJson() => AuditEntryCanonical.Write(this, withDetails: true);

    /// <summary>Reads an entry. Unknown names are skipped; null stands for a value that is left out, except for <c>details</c>.</summary>
    /// <param name="json">What <see cref="ToJson"/> or <see cref="ToCanonicalJson"/> gave, or the same from elsewhere.</param>
    /// <returns>The entry.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    /// <exception cref="ArgumentException">The text is no JSON object, or a value is missing or bad: the message and <see cref="ArgumentException.ParamName"/> name it.</exception>
    public static AuditEntry FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return AuditEntryJson.Read(json.AsMemory());
    }

    /// <summary>The same entry at another time.</summary>
    internal AuditEntry At(DateTimeOffset timestamp) => this with { Timestamp = AuditInstant.Truncate(timestamp) };

    /// <inheritdoc/>
    public bool Equals(AuditEntry? other) =>
        ReferenceEquals(this, other)
        || (
            other is not null
            && Id == other.Id
            && Timestamp == other.Timestamp
            && (Action, ResourceType, Result) == (other.Action, other.ResourceType, other.Result)
            && (ResourceId, UserId, IpAddress) == (other.ResourceId, other.UserId, other.IpAddress)
            && (UserAgent, RequestId, TraceId) == (other.UserAgent, other.RequestId, other.TraceId)
            && _canonicalDetails is null == other._canonicalDetails is null
            && _canonicalDetails.AsSpan().SequenceEqual(other._canonicalDetails)
        );

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Timestamp);

    /// <summary>Id, time, action, resource type and result; never the user, the address or the details.</summary>
    /// <returns>A short text for logs.</returns>
    public override string ToString() => $"{Id} {AuditInstant.Write(Timestamp)} {Action} {ResourceType} {Result}";
}
