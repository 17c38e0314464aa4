using Amazon.S3;
using Amazon.S3.Model;

namespace LedgerLift.Storage;

/// <summary>Questions and orders about uploads in parts, by the SDK's client, each through <see cref="S3Calls"/>. Thread-safe.</summary>
internal sealed class S3UploadRequests(S3Connection connection, S3Calls calls)
{
    private string Bucket => connection.Options.Bucket;

    /// <summary>Begins an upload.</summary>
    /// <param name="key">The object.</param>
    /// <param name="description">Its type, metadata and mark.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>The store's name for it, and how many requests it took: after more than one, an upload may be left that nobody knows.</returns>
    internal async ValueTask<(string UploadId, int Attempts)> CreateAsync(
        ObjectKey key,
        ObjectDescription description,
        CancellationToken cancellationToken
    )
    {
        var attempts = 0;
        var id = await calls
            .RunAsync(
                S3Operation.CreateUpload,
                key,
                (self: this, key, description),
                async (state, token) =>
                {
                    attempts++;
                    var request = state.self.CreationOf(state.key, state.description);
                    var response = await state.self.Client.InitiateMultipartUploadAsync(request, token).ConfigureAwait(false);
                    return response.UploadId;
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return (id, attempts);
    }

    /// <summary>Makes the object of its parts.</summary>
    internal ValueTask<bool> CompleteAsync(
        ObjectKey key,
        string uploadId,
        IEnumerable<UploadedPart> parts,
        bool createOnly,
        CancellationToken cancellationToken
    ) =>
        calls.RunAsync(
            S3Operation.CompleteUpload,
            key,
            (self: this, key, uploadId, parts: parts.ToList(), createOnly),
            static async (state, token) =>
            {
                var request = new CompleteMultipartUploadRequest
                {
                    BucketName = state.self.Bucket,
                    Key = state.key.Value,
                    UploadId = state.uploadId,
                    PartETags = [.. state.parts.Select(static part => new PartETag(part.Number, part.ETag))],
                    IfNoneMatch = state.createOnly ? "*" : null,
                };
                await state.self.CompleteOnceAsync(request, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken
        );

    /// <summary>Removes an upload; one that is not there is no failure.</summary>
    internal async ValueTask AbortAsync(ObjectKey key, string uploadId, CancellationToken cancellationToken)
    {
        try
        {
            await calls
                .RunAsync(
                    S3Operation.AbortUpload,
                    key,
                    (connection, key, uploadId),
                    static async (state, token) =>
                    {
                        var options = state.connection.Options;
                        await state
                            .connection.Client.AbortMultipartUploadAsync(options.Bucket, state.key.Value, state.uploadId, token)
                            .ConfigureAwait(false);
                        return true;
                    },
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (ObjectNotFoundException)
        {
            // Gone already: completed, aborted or swept.
        }
    }

    /// <summary>The parts that the store has, by number; null when there is no such upload.</summary>
    internal async ValueTask<List<UploadedPart>?> ListPartsAsync(ObjectKey key, string uploadId, CancellationToken cancellationToken)
    {
        var parts = new List<UploadedPart>();
        string? marker = null;
        do
        {
            var request = new ListPartsRequest
            {
                BucketName = Bucket,
                Key = key.Value,
                UploadId = uploadId,
                PartNumberMarker = marker,
            };
            ListPartsResponse page;
            try
            {
                page = await calls
                    .RunAsync(
                        S3Operation.ListParts,
                        key,
                        (connection, request),
                        static async (state, token) =>
                            await state.connection.Client.ListPartsAsync(state.request, token).ConfigureAwait(false),
                        cancellationToken
                    )
                    .ConfigureAwait(false);
            }
            catch (ObjectNotFoundException)
            {
                return null;
            }

            foreach (var part in page.Parts ?? [])
                parts.Add(new UploadedPart(part.PartNumber ?? 0, part.Size ?? 0, part.ETag ?? string.Empty));
            marker =
                page.IsTruncated == true ? page.NextPartNumberMarker?.ToString(System.Globalization.CultureInfo.InvariantCulture) : null;
        } while (marker is not null);

        parts.Sort(static (one, other) => one.Number.CompareTo(other.Number));
        return parts;
    }

    /// <summary>Uploads under way whose keys begin with a text.</summary>
    internal async ValueTask<List<MultipartUploadListing>> ListUploadsAsync(string prefix, CancellationToken cancellationToken)
    {
        var uploads = new List<MultipartUploadListing>();
        string? keyMarker = null;
        string? idMarker = null;
        do
        {
            var request = new ListMultipartUploadsRequest
            {
                BucketName = Bucket,
                Prefix = prefix,
                KeyMarker = keyMarker,
                UploadIdMarker = idMarker,
            };
            var page = await calls
                .RunAsync(
                    S3Operation.ListUploads,
                    key: default,
                    (connection, request),
                    static async (state, token) =>
                        await state.connection.Client.ListMultipartUploadsAsync(state.request, token).ConfigureAwait(false),
                    cancellationToken
                )
                .ConfigureAwait(false);
            foreach (var upload in page.MultipartUploads ?? [])
            {
                if (ObjectKey.TryParse(upload.Key, out var key))
                    uploads.Add(new MultipartUploadListing(key, upload.UploadId, HeadReading.Instant(upload.Initiated)));
            }

            (keyMarker, idMarker) = page.IsTruncated == true ? (page.NextKeyMarker, page.NextUploadIdMarker) : (null, null);
        } while (keyMarker is not null);

        return uploads;
    }

    private AmazonS3Client Client => connection.Client;

    // S3 may need minutes for it, and says so by blanks on an open connection: only a transfer's limit fits.
    private async ValueTask CompleteOnceAsync(CompleteMultipartUploadRequest request, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(connection.Options.TransferTimeout, connection.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await Client.CompleteMultipartUploadAsync(request, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException ended) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The completion took longer than TransferTimeout ({connection.Options.TransferTimeout:c}).", ended);
        }
    }

    private InitiateMultipartUploadRequest CreationOf(ObjectKey key, ObjectDescription description)
    {
        var request = new InitiateMultipartUploadRequest
        {
            BucketName = Bucket,
            Key = key.Value,
            ContentType = description.ContentType,
        };
        foreach (var (name, value) in description.Metadata)
            request.Metadata[name] = value;
        request.Metadata[UploadToken.MetadataName] = description.Token;
        EncryptionHeaders.Apply(request, connection.Options);
        return request;
    }
}
