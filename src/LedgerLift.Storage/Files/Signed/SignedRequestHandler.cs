namespace LedgerLift.Storage;

/// <summary>Answers signed requests: verifies, then does what was signed and nothing else. Thread-safe.</summary>
internal sealed class SignedRequestHandler(SignedRequestVerifier verifier, FileObjects objects, FileParts parts, FileOperations operations)
{
    internal async ValueTask<SignedRequestResult> HandleAsync(
        string method,
        Uri url,
        IReadOnlyDictionary<string, string> headers,
        Stream body,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return method switch
            {
                "GET" => await GetAsync(url, headers, cancellationToken).ConfigureAwait(false),
                "PUT" => await PutAsync(url, headers, body, cancellationToken).ConfigureAwait(false),
                "POST" => await PostAsync(headers, body, cancellationToken).ConfigureAwait(false),
                _ => SignedRequestResult.Refused(405, "MethodNotAllowed"),
            };
        }
        catch (StorageException failure)
        {
            return SignedFailures.ToResult(failure);
        }
    }

    private async ValueTask<SignedRequestResult> GetAsync(
        Uri url,
        IReadOnlyDictionary<string, string> headers,
        CancellationToken cancellationToken
    )
    {
        var (request, refusal) = verifier.Verify("GET", url, headers);
        if (request is null)
            return SignedRequestResult.Refused(403, refusal!);
        return await operations
            .RunAsync(
                "SignedGet",
                (objects, request),
                static async (state, token) =>
                    await state.objects.OpenAsync(state.request.Key, token).ConfigureAwait(false) is { } opened
                        ? SignedRequestResult.Content200(opened.Record, opened.Content)
                        : throw new ObjectNotFoundException(state.request.Key),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    private async ValueTask<SignedRequestResult> PutAsync(
        Uri url,
        IReadOnlyDictionary<string, string> headers,
        Stream body,
        CancellationToken cancellationToken
    )
    {
        var (request, refusal) = verifier.Verify("PUT", url, headers);
        if (request is null)
            return SignedRequestResult.Refused(403, refusal!);
        if (SignedRequest.Number(request.Headers, SignedNames.ContentLength) is not { } length)
            return SignedRequestResult.Refused(411, "MissingContentLength");
        var record = request.Values.ContainsKey(SignedNames.Upload)
            ? await PutPartAsync(request, length, body, cancellationToken).ConfigureAwait(false)
            : await PutWholeAsync(request, length, body, cancellationToken).ConfigureAwait(false);
        return SignedRequestResult.Stored(200, record);
    }

    private ValueTask<ObjectRecord> PutPartAsync(SignedRequest request, long length, Stream body, CancellationToken cancellationToken) =>
        operations.RunAsync(
            "SignedPart",
            (parts, request, length, body),
            static (state, token) =>
                state.parts.WritePartAsync(
                    state.request.Key,
                    state.request.Values[SignedNames.Upload],
                    (int)(SignedRequest.Number(state.request.Values, SignedNames.Part) ?? 0),
                    state.length,
                    state.body,
                    token
                ),
            cancellationToken
        );

    private ValueTask<ObjectRecord> PutWholeAsync(SignedRequest request, long length, Stream body, CancellationToken cancellationToken)
    {
        var write = new WriteRequest(request.Key, objects.Folders.CheckedPathOf(request.Key), request.Headers[SignedNames.ContentType])
        {
            Length = length,
            CreateOnly = request.Headers.ContainsKey(SignedNames.IfNoneMatch),
            Sha256Hex = request.Headers.GetValueOrDefault(SignedNames.Sha256),
            Md5Hex = request.Headers.GetValueOrDefault(SignedNames.Md5),
            Metadata = SignedRequest.MetadataOf(request.Headers),
        };
        return operations.RunAsync(
            "SignedPut",
            (objects, write, body),
            static (state, token) =>
                state.objects.WriteAsync(
                    state.write,
                    (writer, inner) => SourceReader.CopyAsync(state.body, writer, state.write.Length!.Value, static _ => { }, inner),
                    token
                ),
            cancellationToken
        );
    }

    private async ValueTask<SignedRequestResult> PostAsync(
        IReadOnlyDictionary<string, string> headers,
        Stream body,
        CancellationToken cancellationToken
    )
    {
        var contentType = headers
            .FirstOrDefault(static header => header.Key.Equals("content-type", StringComparison.OrdinalIgnoreCase))
            .Value;
        if (FormReader.BoundaryOf(contentType) is not { } boundary)
            return SignedRequestResult.Refused(400, "MalformedPOSTRequest");
        var form = new FormReader(body, boundary);
        var record = await operations
            .RunAsync(
                "SignedPost",
                (handler: this, form),
                static (state, token) => state.handler.ReadFormAsync(state.form, token),
                cancellationToken
            )
            .ConfigureAwait(false);
        return SignedRequestResult.Stored(204, record);
    }

    private async ValueTask<ObjectRecord> ReadFormAsync(FormReader form, CancellationToken cancellationToken)
    {
        var fields =
            await form.ReadFieldsAsync(cancellationToken).ConfigureAwait(false) ?? throw SignedFailures.Refusal("MalformedPOSTRequest");
        var (request, refusal) = verifier.VerifyForm(fields);
        if (request is null || SignedRequest.Number(request.Values, SignedNames.Length) is not { } length)
            throw SignedFailures.Refusal(refusal ?? "AccessDenied");
        var write = new WriteRequest(request.Key, objects.Folders.CheckedPathOf(request.Key), request.Values[SignedNames.FormContentType])
        {
            Length = length,
            CreateOnly = request.Values.ContainsKey(SignedNames.IfNoneMatch),
            Sha256Hex = request.Values.GetValueOrDefault(SignedNames.Sha256),
            Md5Hex = request.Values.GetValueOrDefault(SignedNames.Md5),
            Metadata = SignedRequest.MetadataOf(request.Values),
        };
        return await objects
            .WriteAsync(write, (writer, token) => CopyFileAsync(form, writer, length, token), cancellationToken)
            .ConfigureAwait(false);
    }

    private static async ValueTask CopyFileAsync(FormReader form, ObjectFileWriter writer, long length, CancellationToken cancellationToken)
    {
        var whole = await form.CopyFileAsync(writer, length, cancellationToken).ConfigureAwait(false);
        // Too long shows in the length, which is compared next.
        if (!whole && writer.Length <= length)
            throw SignedFailures.Refusal("MalformedPOSTRequest");
    }
}
