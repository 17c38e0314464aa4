using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;

namespace LedgerLift.Storage;

/// <summary>Questions and orders without a body, by the SDK's client, each through <see cref="S3Calls"/>. Thread-safe.</summary>
internal sealed class S3Requests(S3Connection connection, S3Calls calls)
{
    private string Bucket => connection.Options.Bucket;

    /// <summary>What the store knows of an object, or null.</summary>
    internal async ValueTask<ObjectHead?> HeadAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        try
        {
            var head = await calls
                .RunAsync(
                    S3Operation.HeadObject,
                    key,
                    (connection, key),
                    static async (state, token) =>
                        await state
                            .connection.Client.GetObjectMetadataAsync(HeadOf(state.connection.Options, state.key), token)
                            .ConfigureAwait(false),
                    cancellationToken
                )
                .ConfigureAwait(false);
            return HeadReading.Read(key, head, connection.Options.Provider);
        }
        catch (ObjectNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Removes the current version, or marks it removed where the bucket keeps versions.</summary>
    internal ValueTask<bool> DeleteAsync(ObjectKey key, string? versionId, CancellationToken cancellationToken) =>
        calls.RunAsync(
            S3Operation.DeleteObject,
            key,
            (connection, key, versionId),
            static async (state, token) =>
            {
                var request = new DeleteObjectRequest
                {
                    BucketName = state.connection.Options.Bucket,
                    Key = state.key.Value,
                    VersionId = state.versionId,
                };
                await state.connection.Client.DeleteObjectAsync(request, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken
        );

    /// <summary>Lists objects, page by page.</summary>
    internal async IAsyncEnumerable<S3Object> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? next = null;
        do
        {
            var page = await calls
                .RunAsync(
                    S3Operation.ListObjects,
                    key: default,
                    (connection, prefix, next),
                    static async (state, token) =>
                        await state
                            .connection.Client.ListObjectsV2Async(
                                new ListObjectsV2Request
                                {
                                    BucketName = state.connection.Options.Bucket,
                                    Prefix = state.prefix,
                                    ContinuationToken = state.next,
                                },
                                token
                            )
                            .ConfigureAwait(false),
                    cancellationToken
                )
                .ConfigureAwait(false);
            foreach (var item in page.S3Objects ?? [])
                yield return item;
            next = page.IsTruncated == true ? page.NextContinuationToken : null;
        } while (next is not null);
    }

    /// <summary>Every version and every mark of removal of one object.</summary>
    internal async ValueTask<List<S3ObjectVersion>> ListVersionsAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        var versions = new List<S3ObjectVersion>();
        string? nextKey = null;
        string? nextVersion = null;
        do
        {
            var request = new ListVersionsRequest
            {
                BucketName = Bucket,
                Prefix = key.Value,
                KeyMarker = nextKey,
                VersionIdMarker = nextVersion,
            };
            var page = await calls
                .RunAsync(
                    S3Operation.ListVersions,
                    key: default,
                    (connection, request),
                    static async (state, token) =>
                        await state.connection.Client.ListVersionsAsync(state.request, token).ConfigureAwait(false),
                    cancellationToken
                )
                .ConfigureAwait(false);
            versions.AddRange((page.Versions ?? []).Where(version => string.Equals(version.Key, key.Value, StringComparison.Ordinal)));
            (nextKey, nextVersion) = page.IsTruncated == true ? (page.NextKeyMarker, page.NextVersionIdMarker) : (null, null);
            // Keys come sorted: behind ours only longer ones follow.
        } while (nextKey is not null && string.CompareOrdinal(nextKey, key.Value) <= 0);

        return versions;
    }

    /// <summary>Asks for the bucket with the credentials and region of every request; the answer says what is wrong.</summary>
    internal ValueTask<bool> ProbeBucketAsync(CancellationToken cancellationToken) =>
        calls.RunAsync(
            S3Operation.ListObjects,
            key: default,
            connection,
            static async (connection, token) =>
            {
                // Not HEAD: its refusals have no body, and so no reason.
                var request = new ListObjectsV2Request { BucketName = connection.Options.Bucket, MaxKeys = 1 };
                await connection.Client.ListObjectsV2Async(request, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken
        );

    private static GetObjectMetadataRequest HeadOf(StorageOptions options, ObjectKey key) =>
        new()
        {
            BucketName = options.Bucket,
            Key = key.Value,
            ChecksumMode = options.Provider == ObjectStoreProvider.Aws ? ChecksumMode.ENABLED : null,
        };
}
