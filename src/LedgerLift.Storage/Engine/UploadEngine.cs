namespace LedgerLift.Storage;

/// <summary>Takes a stream to the store: in one request when it is small, else in parts, or on from where an earlier run ended. Thread-safe.</summary>
internal sealed class UploadEngine(UploadServices services)
{
    private StorageOptions Options => services.Options;

    internal async ValueTask<StoredObject> UploadAsync(UploadJob job, Stream content, CancellationToken cancellationToken)
    {
        var reader = new PartReader(content, services, nameof(content));
        await using (reader.ConfigureAwait(false))
            return await UploadAsync(job, content, reader, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<StoredObject> UploadAsync(UploadJob job, Stream content, PartReader reader, CancellationToken cancellationToken)
    {
        if (job.Checkpoints is not null)
        {
            var resumed = await new UploadResume(services, job).TryAsync(content, reader, cancellationToken).ConfigureAwait(false);
            if (resumed is not null)
                return resumed;
        }

        var partSize = PartSize.For(Options, job.Length);
        var first = new Queue<PartBuffer>();
        try
        {
            // What knows that it is large need not be looked at.
            while (job.Length is not { } length || length <= Options.MultipartThresholdBytes)
            {
                if (reader.Ended || reader.Length > Options.MultipartThresholdBytes)
                    break;
                // One byte more than is there, so that one read also sees the end.
                var size = Math.Min(partSize, (job.Length - reader.Length + 1) ?? partSize);
                first.Enqueue(await reader.ReadAsync(checked((int)Math.Max(1, size)), cancellationToken).ConfigureAwait(false));
            }

            return reader.Ended && reader.Length <= Options.MultipartThresholdBytes
                ? await new SingleUpload(services, job)
                    .RunAsync([.. first], await reader.Sha256HexAsync().ConfigureAwait(false), cancellationToken)
                    .ConfigureAwait(false)
                : await new PartsUpload(services, job, partSize).RunAsync(reader, first, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            foreach (var buffer in first)
                await buffer.DisposeAsync().ConfigureAwait(false);
        }
    }
}
