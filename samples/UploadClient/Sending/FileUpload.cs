using System.Diagnostics;

namespace UploadClient;

/// <summary>Uploads one file and registers it: by one PUT, or in parts when it is large or was begun in parts before.</summary>
internal sealed class FileUpload(HostClient host, StoreSender sender, SavedUploads saved, bool resume, string? documentDate)
{
    private const long PartsFrom = 16L << 20;
    private const int PartsAtOnce = 4;

    /// <param name="progress">Told of bytes sent; negative when a try failed and is made again.</param>
    public async Task<DocumentAnswer> SendAsync(FileInfo file, Action<long> progress, CancellationToken cancellationToken)
    {
        using var trace = StartTrace();
        var hashes = await FileHashes.OfAsync(file, cancellationToken);
        var announced = new PresignRequest(file.Name, ContentTypes.Of(file), file.Length, hashes.Sha256, hashes.Md5);
        var key =
            file.Length < PartsFrom
                ? await SendWholeAsync(file, announced, progress, cancellationToken)
                : await SendPartsAsync(file, announced with { Md5 = null }, progress, cancellationToken);
        var document = await RegisterAsync(key, cancellationToken);
        saved.Forget(file);
        return document;
    }

    // One trace for all calls of an upload: the host's spans, its log lines and the worker's carry its id. Recorded, or the host's
    // sampler would take it that nobody wants to see it.
    private static Activity StartTrace() => new Activity("upload") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start();

    private async Task<DocumentAnswer> RegisterAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            return await host.PostAsync(
                "api/documents",
                new RegisterRequest(key, documentDate),
                ApiJson.Default.RegisterRequest,
                ApiJson.Default.DocumentAnswer,
                cancellationToken
            );
        }
        catch (HostRefusedException duplicate) when (duplicate.Code == "duplicate_document")
        {
            // By a try of ours whose answer was lost: then the newest documents have this very key.
            var newest = await host.GetAsync("api/documents?limit=200", ApiJson.Default.DocumentList, cancellationToken);
            if (newest.Items.Find(document => document.Key == key) is { } own)
                return own;
            throw;
        }
    }

    private async Task<string> SendWholeAsync(
        FileInfo file,
        PresignRequest announced,
        Action<long> progress,
        CancellationToken cancellationToken
    )
    {
        var target = await host.PostAsync(
            "api/uploads/presign",
            announced,
            ApiJson.Default.PresignRequest,
            ApiJson.Default.PresignAnswer,
            cancellationToken
        );
        var put = new PartAnswer(target.Url, target.Method, target.Headers);
        await sender.SendAsync(_ => Task.FromResult(put), file, offset: 0, file.Length, progress, cancellationToken);
        return target.Key;
    }

    private async Task<string> SendPartsAsync(
        FileInfo file,
        PresignRequest announced,
        Action<long> progress,
        CancellationToken cancellationToken
    )
    {
        var (upload, there) = await BeginAsync(file, announced, cancellationToken);
        var path = $"api/uploads/multipart/{Uri.EscapeDataString(upload.UploadId)}";
        progress(there.Sum(part => part.Length));
        var missing = Enumerable.Range(1, upload.PartCount).Except(there.Select(part => part.Number));
        await Parallel.ForEachAsync(
            missing,
            new ParallelOptions { MaxDegreeOfParallelism = PartsAtOnce, CancellationToken = cancellationToken },
            async (number, token) =>
            {
                var offset = (number - 1) * upload.PartSize;
                await sender.SendAsync(
                    attempt => host.PostAsync($"{path}/parts/{number}", ApiJson.Default.PartAnswer, attempt),
                    file,
                    offset,
                    Math.Min(upload.PartSize, file.Length - offset),
                    progress,
                    token
                );
            }
        );
        await host.PostAsync($"{path}/complete", ApiJson.Default.CompletedAnswer, cancellationToken);
        return upload.Key;
    }

    private async Task<(SavedUpload Upload, List<PartItem> There)> BeginAsync(
        FileInfo file,
        PresignRequest announced,
        CancellationToken cancellationToken
    )
    {
        if (resume && saved.Find(file, announced.Sha256) is { } begun && await FindPartsAsync(begun, cancellationToken) is { } there)
            return (begun, there);
        var fresh = await host.PostAsync(
            "api/uploads/multipart",
            announced,
            ApiJson.Default.PresignRequest,
            ApiJson.Default.MultipartAnswer,
            cancellationToken
        );
        var upload = new SavedUpload(fresh.UploadId, fresh.Key, fresh.PartSize, fresh.PartCount, announced.Sha256, fresh.ExpiresAt);
        saved.Save(file, upload);
        return (upload, []);
    }

    // Null: the host knows it no more.
    private async Task<List<PartItem>?> FindPartsAsync(SavedUpload upload, CancellationToken cancellationToken)
    {
        try
        {
            var path = $"api/uploads/multipart/{Uri.EscapeDataString(upload.UploadId)}";
            return (await host.GetAsync(path, ApiJson.Default.PartList, cancellationToken)).Parts;
        }
        catch (HostRefusedException gone) when (gone.Code == "not_found")
        {
            return null;
        }
    }
}
