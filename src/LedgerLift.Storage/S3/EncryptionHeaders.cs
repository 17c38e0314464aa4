using Amazon.S3;
using Amazon.S3.Model;

namespace LedgerLift.Storage;

/// <summary>What asks the store to encrypt.</summary>
internal static class EncryptionHeaders
{
    private const string Algorithm = "x-amz-server-side-encryption";
    private const string KmsKey = "x-amz-server-side-encryption-aws-kms-key-id";

    /// <summary>As headers, or fields of a form; names in lower case.</summary>
    internal static IReadOnlyList<KeyValuePair<string, string>> Of(StorageOptions options) =>
        options switch
        {
            { Encryption: ObjectEncryption.S3Managed } => [new(Algorithm, "AES256")],
            { Encryption: ObjectEncryption.Kms, KmsKeyId: { } key } => [new(Algorithm, "aws:kms"), new(KmsKey, key)],
            { Encryption: ObjectEncryption.Kms } => [new(Algorithm, "aws:kms")],
            _ => [],
        };

    internal static void Apply(InitiateMultipartUploadRequest request, StorageOptions options)
    {
        switch (options.Encryption)
        {
            case ObjectEncryption.S3Managed:
                request.ServerSideEncryptionMethod = ServerSideEncryptionMethod.AES256;
                break;
            case ObjectEncryption.Kms:
                request.ServerSideEncryptionMethod = ServerSideEncryptionMethod.AWSKMS;
                request.ServerSideEncryptionKeyManagementServiceKeyId = options.KmsKeyId;
                break;
            default:
                break;
        }
    }
}
