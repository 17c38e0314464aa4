namespace LedgerLift.Storage.Tests;

/// <summary>What failures leave behind: nothing.</summary>
public sealed class OrphanTests(StoreFixture s3) : IClassFixture<StoreFixture>
{
    private const int Part = 5 * 1024 * 1024;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_upload_whose_part_is_refused_is_removed()
    {
        await using var proxy = s3.StartProxy(captureLimit: 0);
        using var store = s3.NewStore(proxy, options => options.Resilience.Retry.MaxRetries = 1);
        using var rule = proxy.ClientToServer.WhenPasses("partNumber=2"u8, Testing.Fault.Reset, schedule: new() { Times = 2 });

        await Assert.ThrowsAsync<StorageUnavailableException>(() =>
            store.UploadAsync(StoreFixture.NewKey(), new MemoryStream(new byte[3 * Part]), ct: Cancellation).AsTask()
        );

        Assert.Equal(2, rule.Fired);
        Assert.Equal(0, await s3.CountUploadsAsync(Cancellation));
    }

    [Fact]
    public async Task A_cancellation_while_the_upload_is_being_created_leaves_none()
    {
        await using var proxy = s3.StartProxy(captureLimit: 0);
        using var store = s3.NewStore(proxy);
        using var cancel = new CancellationTokenSource();
        // The answer to the creation waits until the caller has gone.
        proxy.ServerToClient.Delay(TimeSpan.FromMilliseconds(300));

        var upload = store.UploadAsync(StoreFixture.NewKey(), new MemoryStream(new byte[3 * Part]), ct: cancel.Token).AsTask();
        await Testing.Poll.UntilAsync(async () => await s3.CountUploadsAsync(Cancellation) == 1, cancellationToken: Cancellation);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => upload);
        Assert.Equal(0, await s3.CountUploadsAsync(Cancellation));
    }
}
