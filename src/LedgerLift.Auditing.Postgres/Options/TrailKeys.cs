namespace LedgerLift.Auditing.Postgres;

/// <summary>The keys of the options: the one that signs, and all that verify.</summary>
internal sealed class TrailKeys : IDisposable
{
    internal TrailKeys(PostgresAuditingOptions options)
    {
        Signing = options.SigningKey is { } text ? KeyText.Parse(options.SigningKeyId, text) : null;
        var others = options
            .VerificationKeys.Where(pair => Signing is null || !string.Equals(pair.Key, Signing.Id, StringComparison.Ordinal))
            .Select(static pair => KeyText.Parse(pair.Key, pair.Value));
        All = Signing is null ? [.. others] : [Signing, .. others];
    }

    internal AuditSigningKey? Signing { get; }

    internal IReadOnlyList<AuditSigningKey> All { get; }

    public void Dispose()
    {
        foreach (var key in All)
            key.Dispose();
    }
}
