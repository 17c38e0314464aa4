namespace LedgerLift.Storage;

/// <summary>Sends a small object in one request.</summary>
internal sealed class SingleUpload(UploadServices services, UploadJob job)
{
    /// <summary>Sends what lies in memory.</summary>
    /// <param name="pieces">All of it, in order.</param>
    /// <param name="sha256Hex">Its hash.</param>
    /// <param name="cancellationToken">The caller's.</param>
    internal async ValueTask<StoredObject> RunAsync(IReadOnlyList<PartBuffer> pieces, string sha256Hex, CancellationToken cancellationToken)
    {
        var body = new UploadBody([.. pieces.Select(static piece => piece.Bytes)], sha256Hex);
        var stored = await PutAsync(body, cancellationToken).ConfigureAwait(false);
        job.Progress.Total = body.Length;
        job.Progress.Add(body.Length);
        return stored;
    }

    private async ValueTask<StoredObject> PutAsync(UploadBody body, CancellationToken cancellationToken)
    {
        var put = new WirePut(job.Key, body)
        {
            ContentType = job.Description.ContentType,
            CreateOnly = job.CreateOnly,
            Headers = [.. Headers(body)],
        };
        try
        {
            var reply = await services
                .Calls.RunAsync(
                    S3Operation.PutObject,
                    job.Key,
                    (services.Wire, put),
                    static (state, token) => state.Wire.PutAsync(state.put, token),
                    cancellationToken
                )
                .ConfigureAwait(false);
            return job.Stored(body.Length, body.Sha256Hex, reply.ETag, reply.At);
        }
        catch (StorageException failure) when (Reconciliation.MayHideSuccess(failure))
        {
            var own = await Reconciliation
                .FindOwnAsync(services, S3Operation.PutObject, job.Key, job.Description.Token, cancellationToken)
                .ConfigureAwait(false);
            if (own is null || own.Length != body.Length)
                throw;
            return job.Stored(body.Length, body.Sha256Hex, own.ETag, own.LastModified);
        }
    }

    private IEnumerable<KeyValuePair<string, string>> Headers(UploadBody body)
    {
        foreach (var (name, value) in job.Description.Metadata)
            yield return new("x-amz-meta-" + name, value);
        yield return new(UploadToken.Header, job.Description.Token);
        foreach (var header in EncryptionHeaders.Of(services.Options))
            yield return header;
        // AWS keeps it, and vouches for it later; others ignore it or trip over it.
        if (services.Options.Provider == ObjectStoreProvider.Aws)
            yield return new("x-amz-checksum-sha256", Convert.ToBase64String(Convert.FromHexString(body.Sha256Hex)));
    }
}
