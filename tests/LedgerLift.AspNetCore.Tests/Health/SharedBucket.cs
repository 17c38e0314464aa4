using LedgerLift.Testing;

namespace LedgerLift.AspNetCore.Tests;

/// <summary>The S3 server without a bucket of its own: for half a minute after its gateway was killed, Ceph takes very long to delete one.</summary>
public sealed class SharedBucket : S3Fixture
{
    /// <inheritdoc/>
    public override ValueTask InitializeAsync() => ValueTask.CompletedTask;
}
