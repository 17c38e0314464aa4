using System.Globalization;

namespace LedgerLift.Storage;

/// <summary>The answer that a host sends to a signed request. Dispose it after its content was sent.</summary>
public sealed class SignedRequestResult : IAsyncDisposable
{
    internal SignedRequestResult(int statusCode, IReadOnlyDictionary<string, string> headers, Stream content, string? errorCode)
    {
        (StatusCode, Headers, Content, ErrorCode) = (statusCode, headers, content, errorCode);
    }

    /// <summary>The HTTP status.</summary>
    public int StatusCode { get; }

    /// <summary>The headers of the answer, <c>Content-Length</c> and <c>Content-Type</c> included.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>The body of the answer; empty but for a download.</summary>
    public Stream Content { get; }

    /// <summary>Why it was refused, in the words of S3, such as <c>SignatureDoesNotMatch</c>; null when it was not.</summary>
    public string? ErrorCode { get; }

    /// <summary>Closes the content.</summary>
    /// <returns>When it is closed.</returns>
    public ValueTask DisposeAsync() => Content.DisposeAsync();

    internal static SignedRequestResult Refused(int statusCode, string errorCode)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Length"] = "0",
            ["X-LL-Error"] = errorCode,
        };
        return new SignedRequestResult(statusCode, headers, Stream.Null, errorCode);
    }

    internal static SignedRequestResult Stored(int statusCode, ObjectRecord record)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Content-Length"] = "0", ["ETag"] = record.ETag };
        return new SignedRequestResult(statusCode, headers, Stream.Null, errorCode: null);
    }

    /// <summary>A download that no browser opens as a page of the host's own.</summary>
    internal static SignedRequestResult Content200(ObjectRecord record, Stream content)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Length"] = record.Length.ToString(CultureInfo.InvariantCulture),
            ["Content-Type"] = record.ContentType,
            ["ETag"] = record.ETag,
            ["Last-Modified"] = new DateTimeOffset(record.WrittenAt, TimeSpan.Zero).ToString("R", CultureInfo.InvariantCulture),
            ["Content-Disposition"] = "attachment",
            ["X-Content-Type-Options"] = "nosniff",
        };
        return new SignedRequestResult(200, headers, content, errorCode: null);
    }
}
