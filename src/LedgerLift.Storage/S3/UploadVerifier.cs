namespace LedgerLift.Storage;

/// <summary>Compares what arrived with what was announced. Thread-safe.</summary>
internal sealed class UploadVerifier(S3Connection connection, S3Calls calls, S3Wire wire, S3Requests requests)
{
    private const int MostTries = 3;

    internal async ValueTask<UploadConfirmation> ConfirmAsync(UploadIntent intent, CancellationToken cancellationToken)
    {
        var tries = 0;
        while (true)
        {
            var head = await requests.HeadAsync(intent.Key, cancellationToken).ConfigureAwait(false);
            if (head is null)
                return new UploadConfirmation(Matches: false, Object: null, []);
            try
            {
                return await CompareAsync(intent, head.Stored, cancellationToken).ConfigureAwait(false);
            }
            catch (StorageException moved) when (moved is PreconditionFailedException or ObjectNotFoundException && ++tries < MostTries)
            {
                // Replaced or removed between question and reading: what is there now counts.
            }
        }
    }

    private async ValueTask<UploadConfirmation> CompareAsync(UploadIntent intent, StoredObject found, CancellationToken cancellationToken)
    {
        // The SHA-256 that the store vouches for is enough, unless an MD5 was announced too.
        var vouched = found.Sha256Hex is not null && intent.Md5Hex is null;
        if (vouched || !UploadComparison.NeedsHash(intent, found))
            return UploadComparison.Compare(intent, found, found.Sha256Hex, md5Hex: null);
        var (sha256, md5) = await HashAsync(found, cancellationToken).ConfigureAwait(false);
        return UploadComparison.Compare(intent, found with { Sha256Hex = sha256 }, sha256, md5);
    }

    // Of exactly the version that was looked at, whatever is written meanwhile.
    private async ValueTask<(string Sha256Hex, string Md5Hex)> HashAsync(StoredObject found, CancellationToken cancellationToken)
    {
        var download = new ObjectDownload(connection, calls, wire, found.Key, found.ETag);
        var first = await download.OpenAsync(from: 0, cancellationToken).ConfigureAwait(false);
        var content = new ObjectReadStream(download, first, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        await using (content.ConfigureAwait(false))
            return await StreamHashing.HashAsync(content, cancellationToken).ConfigureAwait(false);
    }
}
