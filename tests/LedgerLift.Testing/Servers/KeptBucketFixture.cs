using Amazon.S3;

namespace LedgerLift.Testing;

/// <summary>One bucket for all tests that kill the S3 server: emptied after each class and kept, as Ceph takes up to a minute to delete one soon after its gateway died.</summary>
/// <remarks>For one class at a time.</remarks>
public sealed class KeptBucketFixture : S3Fixture
{
    /// <inheritdoc/>
    public override string Bucket => "test-kept";

    /// <inheritdoc/>
    private protected override Task DeleteBucketAsync(IAmazonS3 client) => Task.CompletedTask;
}
