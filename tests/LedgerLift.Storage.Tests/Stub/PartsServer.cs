using System.Globalization;

namespace LedgerLift.Storage.Tests;

/// <summary>Answers for the stub that let an upload in parts succeed; a test says which of them are different.</summary>
internal static class PartsServer
{
    internal const string TokenHeader = "x-amz-meta-" + UploadToken.MetadataName;

    /// <summary>A server that keeps no bytes, but counts them and knows the mark of the upload.</summary>
    /// <param name="instead">Another answer than the usual, or null; given the request and how many of its operation came before it.</param>
    internal static StubServer Start(Func<StubRequest, int, StubAnswer?> instead)
    {
        var (token, length) = ("", 0);
        return new StubServer(
            (request, earlier) =>
            {
                if (request.Headers.TryGetValue(TokenHeader, out var mark))
                    token = mark;
                length = request.Operation switch
                {
                    "CreateMultipartUpload" => 0,
                    "PutObject" => request.Body.Length,
                    "UploadPart" => length + request.Body.Length,
                    _ => length,
                };
                return instead(request, earlier) ?? Usual(request, token, length);
            }
        );
    }

    /// <summary>What the store says of an object that bears a mark.</summary>
    internal static StubAnswer Head(string token, int length) =>
        new(
            200,
            new string('x', length),
            ("ETag", "\"whole-2\""),
            ("Content-Type", "a/b"),
            ("Last-Modified", "Fri, 21 Nov 2025 12:00:00 GMT"),
            (TokenHeader, token)
        );

    /// <summary>Settings under which ten bytes already go in parts.</summary>
    internal static StorageOptions InParts(StubServer server)
    {
        var options = server.NewOptions();
        options.PartSizeBytes = 5 * 1024 * 1024;
        options.MultipartThresholdBytes = 1;
        return options;
    }

    private static StubAnswer Usual(StubRequest request, string token, int length) =>
        request.Operation switch
        {
            "CreateMultipartUpload" => new(200, "<InitiateMultipartUploadResult><UploadId>id</UploadId></InitiateMultipartUploadResult>"),
            "CompleteMultipartUpload" => new(
                200,
                "<CompleteMultipartUploadResult><ETag>\"whole-2\"</ETag></CompleteMultipartUploadResult>"
            ),
            "HeadObject" => Head(token, length),
            "UploadPart" => new(200, "", ("ETag", string.Create(CultureInfo.InvariantCulture, $"\"part-{length}\""))),
            "AbortMultipartUpload" => new(204),
            "ListParts" => StubAnswer.Error(404, "NoSuchUpload"),
            _ => StubAnswer.Ok,
        };
}
