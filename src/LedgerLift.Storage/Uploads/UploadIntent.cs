namespace LedgerLift.Storage;

/// <summary>What somebody is about to upload; everything in it is bound by the signature and compared by <see cref="IObjectStore.ConfirmAsync"/>.</summary>
/// <remarks>Immutable and safe to use from any thread. A value that cannot be bound cannot be set: the constructor and the initialisers refuse it.</remarks>
public sealed record UploadIntent
{
    /// <summary>Announces an upload.</summary>
    /// <param name="Key">The object's key.</param>
    /// <param name="Length">Its exact size in bytes, 0 or more.</param>
    /// <param name="ContentType">Its media type, printable ASCII.</param>
    /// <exception cref="ArgumentException"><paramref name="Key"/> is <c>default</c>, or <paramref name="ContentType"/> is blank or not printable ASCII.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="Length"/> is below 0.</exception>
#pragma warning disable CA1707, IDE1006, SA1313 // The names of the constructor's parameters are those of the properties, as in a positional record.
    public UploadIntent(ObjectKey Key, long Length, string ContentType) =>
        (this.Key, this.Length, this.ContentType) = (Key, Length, ContentType);
#pragma warning restore CA1707, IDE1006, SA1313

    /// <summary>The object's key.</summary>
    public ObjectKey Key
    {
        get;
        init => field = UploadRules.Key(value, nameof(Key));
    }

    /// <summary>The exact size in bytes, 0 or more.</summary>
    public long Length
    {
        get;
        init => field = UploadRules.Length(value, nameof(Length));
    }

    /// <summary>The media type, printable ASCII.</summary>
    public string ContentType
    {
        get;
        init => field = UploadRules.ContentType(value, nameof(ContentType));
    }

    /// <summary>The SHA-256 of the content, 64 hex digits, kept in lower case; null when it is not announced.</summary>
    public string? Sha256Hex
    {
        get;
        init => field = UploadRules.Hex(value, byteCount: 32, nameof(Sha256Hex));
    }

    /// <summary>The MD5 of the content, 32 hex digits, kept in lower case; null when it is not announced. Stores that ignore SHA-256 enforce this one.</summary>
    public string? Md5Hex
    {
        get;
        init => field = UploadRules.Hex(value, byteCount: 16, nameof(Md5Hex));
    }

    /// <summary>Whether the upload is refused when the object is there; true by default.</summary>
    public bool CreateOnly { get; init; } = true;

    /// <summary>The caller's own metadata: names of ASCII letters, digits, <c>-</c>, <c>_</c>, <c>.</c> (kept in lower case, not beginning with <c>ll-</c>), values of printable ASCII, 2 KB in all.</summary>
    public IReadOnlyDictionary<string, string> Metadata
    {
        get;
        init => field = ObjectMetadata.Check(value);
    } = ObjectMetadata.None;

    /// <summary>How long the signature holds, 1 second to 7 days, both inclusive; null for the store's <c>PresignExpiry</c>. Checked when it is signed.</summary>
    public TimeSpan? Expiry { get; init; }

    /// <summary>Takes the intent apart.</summary>
    /// <param name="key">The object's key.</param>
    /// <param name="length">The size in bytes.</param>
    /// <param name="contentType">The media type.</param>
    public void Deconstruct(out ObjectKey key, out long length, out string contentType) =>
        (key, length, contentType) = (Key, Length, ContentType);
}
