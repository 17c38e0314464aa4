using System.Net.Http.Headers;

namespace LedgerLift.Storage;

/// <summary>Fetches one version of one object, from any position on.</summary>
internal sealed class ObjectDownload(S3Connection connection, S3Calls calls, S3Wire wire, ObjectKey key, string? etag)
{
    private string? _etag = etag;

    internal ObjectKey Key => key;

    /// <summary>The object's size in bytes; known once it was opened.</summary>
    internal long Length { get; private set; } = -1;

    /// <summary>How often in a row a body is fetched anew before the download fails.</summary>
    internal int MostResumptions => connection.Options.Resilience.Retry.MaxRetries;

    /// <summary>Whether the way to the store broke, rather than anybody having decided something.</summary>
    internal static bool IsBroken(Exception failure, CancellationToken cancellationToken) =>
        failure is IOException or HttpRequestException or TimeoutException
        || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    /// <summary>Opens the content at a position.</summary>
    /// <exception cref="ObjectNotFoundException">It is not there.</exception>
    /// <exception cref="PreconditionFailedException">It was replaced since it was first opened.</exception>
    internal async ValueTask<DownloadPart> OpenAsync(long from, CancellationToken cancellationToken)
    {
        var response = await calls
            .RunAsync(
                S3Operation.GetObject,
                key,
                (wire, key, from, _etag),
                static (state, token) => state.wire.GetAsync(state.key, state.from, state._etag, token),
                cancellationToken
            )
            .ConfigureAwait(false);
        try
        {
            _etag ??= response.Headers.ETag?.ToString();
            Length = LengthOf(response.Content.Headers, from);
            var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            return new DownloadPart(response, body, connection.Options, calls.Tally, connection.Time);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private static long LengthOf(HttpContentHeaders headers, long from)
    {
        if (from > 0 && headers.ContentRange?.From != from)
            throw new StorageException(StorageErrorCodes.Refused, "The store answered with another range than was asked for.");
        return headers.ContentRange?.Length
            ?? headers.ContentLength
            ?? throw new StorageException(StorageErrorCodes.Refused, "The store does not say how long the object is.");
    }
}
