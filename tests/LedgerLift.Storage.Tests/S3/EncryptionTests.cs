namespace LedgerLift.Storage.Tests;

/// <summary>What asks the store to encrypt, as it goes over the wire and into signatures; a server without TLS and keys could not do it.</summary>
public sealed class EncryptionTests
{
    private const string Algorithm = "x-amz-server-side-encryption";
    private const string KmsKey = "x-amz-server-side-encryption-aws-kms-key-id";
    private const string KeyId = "arn:aws:kms:eu-central-1:111122223333:key/1";

    private static readonly ObjectKey Key = ObjectKey.Parse("folder/document");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<ObjectEncryption, string?, string?> Settings =>
        new()
        {
            { ObjectEncryption.None, null, null },
            { ObjectEncryption.S3Managed, null, "AES256" },
            { ObjectEncryption.Kms, null, "aws:kms" },
            { ObjectEncryption.Kms, KeyId, "aws:kms" },
        };

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task An_object_in_one_request_is_sent_with_it_and_signed_for_it(
        ObjectEncryption encryption,
        string? keyId,
        string? algorithm
    )
    {
        await using var server = PartsServer.Start((_, _) => null);
        using var store = NewStore(server.NewOptions(), encryption, keyId);

        await store.UploadAsync(Key, new MemoryStream([1]), ct: Cancellation);

        var put = Assert.Single(server.Requests, request => request.Operation == "PutObject");
        AssertAsked(put.Headers, algorithm, keyId);
        Assert.Equal(algorithm is not null, put.Headers["Authorization"].Contains($";{Algorithm}", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task An_upload_in_parts_is_begun_with_it_and_its_parts_do_not_repeat_it(
        ObjectEncryption encryption,
        string? keyId,
        string? algorithm
    )
    {
        await using var server = PartsServer.Start((_, _) => null);
        using var store = NewStore(PartsServer.InParts(server), encryption, keyId);

        await store.UploadAsync(Key, new MemoryStream([1, 2, 3]), ct: Cancellation);
        await store.CreateAsync(new UploadIntent(Key, 3, "a/b"), Cancellation);

        var begun = server.Requests.Where(request => request.Operation == "CreateMultipartUpload").ToList();
        Assert.Equal(2, begun.Count);
        Assert.All(begun, request => AssertAsked(request.Headers, algorithm, keyId));
        // The store refuses it there: "InvalidArgument".
        Assert.All(server.Requests.Except(begun), request => AssertAsked(request.Headers, algorithm: null, keyId: null));
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task A_signed_upload_must_ask_for_it(ObjectEncryption encryption, string? keyId, string? algorithm)
    {
        await using var server = PartsServer.Start((_, _) => null);
        using var store = NewStore(server.NewOptions(), encryption, keyId);
        var intent = new UploadIntent(Key, 3, "a/b");

        var put = await store.PresignPutAsync(intent, Cancellation);
        var form = await store.PresignPostAsync(intent, Cancellation);

        AssertAsked(put.Headers, algorithm, keyId);
        Assert.Equal(algorithm is not null, put.Url.Query.Contains(Algorithm, StringComparison.Ordinal));
        Assert.Equal(keyId is not null, put.Url.Query.Contains(KmsKey, StringComparison.Ordinal));
        AssertAsked(form.Fields, algorithm, keyId);
        var policy = System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(form.Fields["policy"]));
        Assert.Equal(algorithm is not null, policy.Contains($"\"{Algorithm}\"", StringComparison.Ordinal));
        Assert.Equal(keyId is not null, policy.Contains(KeyId, StringComparison.Ordinal));
        Assert.Empty(server.Requests);
    }

    private static S3ObjectStore NewStore(StorageOptions options, ObjectEncryption encryption, string? keyId)
    {
        (options.Encryption, options.KmsKeyId) = (encryption, keyId);
        return new S3ObjectStore(options);
    }

    private static void AssertAsked(IReadOnlyDictionary<string, string> headers, string? algorithm, string? keyId)
    {
        Assert.Equal(algorithm, headers.GetValueOrDefault(Algorithm));
        Assert.Equal(keyId, headers.GetValueOrDefault(KmsKey));
    }
}
