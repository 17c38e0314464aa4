namespace LedgerLift.Auditing;

/// <summary>The keys that may have signed a trail.</summary>
internal sealed class SignatureCheck
{
    private readonly Dictionary<string, AuditSigningKey> _keys;

    internal SignatureCheck(IEnumerable<AuditSigningKey> keys)
    {
        AuditSigningKey[] all = [.. keys];
        if (all.GroupBy(static key => key.Id, StringComparer.Ordinal).FirstOrDefault(static same => same.Count() > 1) is { } twice)
            throw new ArgumentException($"There are two keys with the id {twice.Key}.", nameof(keys));
        _keys = all.ToDictionary(static key => key.Id, StringComparer.Ordinal);
        if (_keys.Count == 0)
            throw new ArgumentException("There is no key to verify signatures with.", nameof(keys));
    }

    /// <summary>Null when the signature is right, or what is wrong with it.</summary>
    internal string? FaultOf(AuditCheckpoint checkpoint) =>
        FaultOf(checkpoint.KeyId, checkpoint.Algorithm, checkpoint.ToSignedBytes(), checkpoint.Signature);

    /// <summary>Null when the signature is right, or what is wrong with it.</summary>
    internal string? FaultOf(AuditTombstone tombstone) =>
        FaultOf(tombstone.KeyId, tombstone.Algorithm, tombstone.ToSignedBytes(), tombstone.Signature);

    private string? FaultOf(string keyId, string algorithm, byte[] data, ReadOnlyMemory<byte> signature)
    {
        if (!_keys.TryGetValue(keyId, out var key))
            return "is by an unknown key";
        // The key, not the document, says how it signs.
        if (!string.Equals(key.Algorithm, algorithm, StringComparison.Ordinal))
            return $"says {algorithm}, which is not how its key signs";
        return key.Verify(data, signature.Span) ? null : "is not by its key";
    }
}
