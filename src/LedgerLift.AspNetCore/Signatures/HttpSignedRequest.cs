using LedgerLift.Auth;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace LedgerLift.AspNetCore;

/// <summary>What a signature may cover of a request, as it arrived.</summary>
internal static class HttpSignedRequest
{
    public static SignedRequest Of(HttpRequest request, SignatureHeaders names)
    {
        var (path, query) = TargetOf(request);
        return new SignedRequest(Read(request, names.Signature), Read(request, names.Timestamp), default)
        {
            MessageId = Read(request, names.MessageId),
            Nonce = Read(request, names.Nonce),
            KeyId = Read(request, names.KeyId),
            ContentSha256 = Read(request, names.ContentHash),
            Method = request.Method,
            Path = path,
            Query = query,
            ContentLength = request.ContentLength,
            Stream = request.BodyReader,
        };
    }

    // Values of a header that came twice are joined by commas, which no valid one has.
    private static string? Read(HttpRequest request, string name) =>
        request.Headers.TryGetValue(name, out var values) && values.Count > 0 ? values.ToString() : null;

    private static (string Path, string Query) TargetOf(HttpRequest request)
    {
        var target = request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget;
        if (target is not ['/', ..])
            return (request.PathBase.Add(request.Path).ToUriComponent(), request.QueryString.ToUriComponent());

        var mark = target.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? (target, "") : (target[..mark], target[mark..]);
    }
}
