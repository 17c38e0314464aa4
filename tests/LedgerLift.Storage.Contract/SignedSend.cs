namespace LedgerLift.Storage.Contract;

/// <summary>A request as a client sends it. The length of the body is always told as it is, whatever the headers say: HTTP does not let a client lie about it.</summary>
public sealed record SignedSend(string Method, Uri Url, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>The request that was signed, unchanged.</summary>
    public static SignedSend Of(PresignedUpload presigned, ReadOnlyMemory<byte> body) =>
        new(presigned.Method, presigned.Url, presigned.Headers, body);

    public static SignedSend Get(Uri url) => new("GET", url, new Dictionary<string, string>(), ReadOnlyMemory<byte>.Empty);

    /// <summary>The form that was signed, with the file behind its fields.</summary>
    public static SignedSend Form(PresignedUpload presigned, byte[] file, Action<Dictionary<string, string>>? change = null)
    {
        var fields = new Dictionary<string, string>(presigned.Fields, StringComparer.Ordinal);
        change?.Invoke(fields);
        const string boundary = "----contract-7d1f0c";
        var body = FormBody.Of(boundary, fields, file);
        return new SignedSend(
            "POST",
            presigned.Url,
            new Dictionary<string, string> { ["Content-Type"] = $"multipart/form-data; boundary={boundary}" },
            body
        );
    }

    public SignedSend With(string header, string value) =>
        this with
        {
            Headers = new Dictionary<string, string>(Headers, StringComparer.OrdinalIgnoreCase) { [header] = value },
        };

    public SignedSend Without(string header)
    {
        var headers = new Dictionary<string, string>(Headers, StringComparer.OrdinalIgnoreCase);
        headers.Remove(header);
        return this with { Headers = headers };
    }
}
