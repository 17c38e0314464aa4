using System.Globalization;

namespace LedgerLift.Storage;

/// <summary>Signs uploads and downloads for others to carry out. No I/O, except where credentials come from the SDK's chain. Thread-safe.</summary>
internal sealed class S3Presigner(S3Connection connection)
{
    private static readonly IReadOnlyDictionary<string, string> None = ObjectMetadata.None;

    private StorageOptions Options => connection.Options;

    internal async ValueTask<PresignedUpload> PutAsync(UploadIntent intent)
    {
        UploadRules.ThrowIfTooLong(intent.Length, Options.MaxObjectBytes, nameof(intent));
        var expiry = UploadRules.Expiry(intent.Expiry, Options.PresignExpiry, nameof(intent));
        var headers = new SignedHeaders()
            .Add("content-length", intent.Length.ToString(CultureInfo.InvariantCulture))
            .Add("content-type", intent.ContentType);
        if (intent.Md5Hex is { } md5)
            headers.Add("content-md5", Base64(md5));
        if (intent.Sha256Hex is { } sha256)
            headers.Add("x-amz-checksum-sha256", Base64(sha256));
        if (intent.CreateOnly)
            headers.Add("if-none-match", "*");
        foreach (var (name, value) in intent.Metadata)
            headers.Add("x-amz-meta-" + name, value);
        foreach (var (name, value) in EncryptionHeaders.Of(Options))
            headers.Add(name, value);
        return await UploadAsync(new SignatureSubject("PUT", connection.PublicEndpoint, intent.Key.Value, headers), expiry)
            .ConfigureAwait(false);
    }

    internal async ValueTask<PresignedUpload> PartAsync(ObjectKey key, string uploadId, int number, long length)
    {
        var headers = new SignedHeaders().Add("content-length", length.ToString(CultureInfo.InvariantCulture));
        var subject = new SignatureSubject("PUT", connection.PublicEndpoint, key.Value, headers)
        {
            UploadId = uploadId,
            PartNumber = number,
        };
        return await UploadAsync(subject, Options.PresignExpiry).ConfigureAwait(false);
    }

    internal async ValueTask<Uri> GetAsync(ObjectKey key, TimeSpan? expiry)
    {
        var lifetime = UploadRules.Expiry(expiry, Options.PresignExpiry, nameof(expiry));
        var credentials = await connection.Credentials.GetAsync().ConfigureAwait(false);
        var subject = new SignatureSubject("GET", connection.PublicEndpoint, key.Value, new SignedHeaders());
        return new Uri(connection.Signer.PresignUrl(subject, credentials, connection.Time.GetUtcNow(), (long)lifetime.TotalSeconds));
    }

    internal async ValueTask<PresignedUpload> PostAsync(UploadIntent intent)
    {
        UploadRules.ThrowIfTooLong(intent.Length, Options.MaxObjectBytes, nameof(intent));
        var expiry = UploadRules.Expiry(intent.Expiry, Options.PresignExpiry, nameof(intent));
        var credentials = await connection.Credentials.GetAsync().ConfigureAwait(false);
        var now = connection.Time.GetUtcNow();
        var key = connection.Signer.KeyFor(credentials.SecretKey, now);
        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["key"] = intent.Key.Value,
            ["Content-Type"] = intent.ContentType,
        };
        if (intent.Sha256Hex is { } sha256)
            fields["x-amz-checksum-sha256"] = Base64(sha256);
        foreach (var (name, value) in intent.Metadata)
            fields["x-amz-meta-" + name] = value;
        foreach (var (name, value) in EncryptionHeaders.Of(Options))
            fields[name] = value;
        fields["x-amz-algorithm"] = "AWS4-HMAC-SHA256";
        fields["x-amz-credential"] = $"{credentials.AccessKey}/{key.Scope}";
        fields["x-amz-date"] = SigV4.Instant(now);
        if (credentials.UseToken)
            fields["x-amz-security-token"] = credentials.Token;
        PostPolicy.Seal(fields, Options.Bucket, intent.Length, now + expiry, key);
        var url = new Uri(connection.PublicEndpoint.Origin + connection.PublicEndpoint.BasePath);
        return new PresignedUpload(url, "POST", None, fields, now + expiry);
    }

    private async ValueTask<PresignedUpload> UploadAsync(SignatureSubject subject, TimeSpan expiry)
    {
        var credentials = await connection.Credentials.GetAsync().ConfigureAwait(false);
        var now = connection.Time.GetUtcNow();
        var toSend = subject.Headers.All.ToDictionary(
            static header => header.Key,
            static header => header.Value,
            StringComparer.OrdinalIgnoreCase
        );
        var url = connection.Signer.PresignUrl(subject, credentials, now, (long)expiry.TotalSeconds);
        return new PresignedUpload(new Uri(url), subject.Method, toSend, None, Until(now, expiry));
    }

    // Signatures know whole seconds only.
    private static DateTimeOffset Until(DateTimeOffset now, TimeSpan expiry) =>
        new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerSecond), now.Offset).AddSeconds((long)expiry.TotalSeconds);

    private static string Base64(string hex) => Convert.ToBase64String(Convert.FromHexString(hex));
}
