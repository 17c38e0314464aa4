namespace LedgerLift.Storage;

/// <summary>What kind of S3 answers; decides path style, checksum mode, body encoding and protocol.</summary>
public enum ObjectStoreProvider
{
    /// <summary>Amazon S3 itself.</summary>
    Aws,

    /// <summary>Any other server that speaks S3, such as MinIO or Ceph.</summary>
    S3Compatible,
}
