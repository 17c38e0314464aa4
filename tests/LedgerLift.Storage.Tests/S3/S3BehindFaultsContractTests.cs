using LedgerLift.Testing;

namespace LedgerLift.Storage.Tests;

/// <summary>The contract of every object store, held on the real gateway behind a proxy that breaks what passes: nobody who calls the store may notice.</summary>
public sealed class S3BehindFaultsContractTests(FaultyStoreFixture s3) : S3ObjectStoreContractTests(s3), IClassFixture<FaultyStoreFixture>
{
    protected override TcpFaultProxy? Proxy => s3.Proxy;

    // What was lost on its way is sent again.
    protected override bool RepeatsBodies => true;
}
