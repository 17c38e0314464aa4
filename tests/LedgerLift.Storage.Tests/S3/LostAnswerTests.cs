using System.Text;
using LedgerLift.Testing;

namespace LedgerLift.Storage.Tests;

/// <summary>Answers of the real gateway that never arrive: what took effect is reported as done, and nothing is left behind.</summary>
public sealed class LostAnswerTests(StoreFixture s3) : IClassFixture<StoreFixture>
{
    private const int Part = 5 * 1024 * 1024;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_create_only_put_whose_answer_is_lost_is_no_conflict_with_itself()
    {
        await using var proxy = s3.StartProxy();
        using var store = s3.NewStore(proxy);
        var (key, content) = (StoreFixture.NewKey(), new SeededRandom().Bytes(1000));
        using var rule = proxy.DropReplyTo("PUT /"u8);

        var stored = await store.UploadAsync(key, new MemoryStream(content), new UploadSettings { CreateOnly = true }, ct: Cancellation);

        Assert.Equal(1, rule.Fired);
        Assert.Equal(1000, stored.Length);
        Assert.Equal(content, await StoreFixture.ReadAsync(store, key, Cancellation));
    }

    [Fact]
    public async Task A_create_only_put_behind_another_writers_is_a_conflict_also_after_a_lost_answer()
    {
        await using var proxy = s3.StartProxy();
        using var store = s3.NewStore(proxy);
        var key = StoreFixture.NewKey();
        using (var other = s3.NewStore())
            await other.UploadAsync(key, new MemoryStream([1, 2]), ct: Cancellation);
        using var rule = proxy.DropReplyTo("PUT /"u8);

        await Assert.ThrowsAsync<PreconditionFailedException>(() =>
            store.UploadAsync(key, new MemoryStream([3]), new UploadSettings { CreateOnly = true }, ct: Cancellation).AsTask()
        );

        Assert.Equal(1, rule.Fired);
        Assert.Equal([1, 2], await StoreFixture.ReadAsync(store, key, Cancellation));
    }

    [Theory]
    [InlineData("POST /", "uploads", false)]
    [InlineData("POST /", "uploadId=", false)]
    [InlineData("POST /", "uploadId=", true)]
    [InlineData("PUT /", "partNumber=2", false)]
    [InlineData("PUT /", "partNumber=2", true)]
    [InlineData("HEAD /", "", false)]
    public async Task An_upload_in_parts_survives_the_loss_of_any_answer(string method, string query, bool createOnly)
    {
        await using var proxy = s3.StartProxy(captureLimit: 0);
        using var store = s3.NewStore(proxy);
        var (key, content) = (StoreFixture.NewKey(), new SeededRandom().Bytes((2 * Part) + 5));
        using var rule = proxy.DropReplyTo(Encoding.ASCII.GetBytes(query.Length > 0 ? query : method));

        var stored = await store.UploadAsync(
            key,
            new MemoryStream(content),
            new UploadSettings { CreateOnly = createOnly },
            ct: Cancellation
        );

        Assert.Equal(1, rule.Fired);
        Assert.Equal(content.Length, stored.Length);
        Assert.Equal(content, await StoreFixture.ReadAsync(store, key, Cancellation));
        Assert.Equal(0, await s3.CountUploadsAsync(Cancellation));
    }

    [Fact]
    public async Task A_download_that_is_cut_goes_on_where_it_was()
    {
        await using var proxy = s3.StartProxy(captureLimit: 0);
        using var store = s3.NewStore(proxy);
        var (key, content) = (StoreFixture.NewKey(), new SeededRandom().Bytes(3_000_000));
        using (var direct = s3.NewStore())
            await direct.UploadAsync(key, new MemoryStream(content), ct: Cancellation);
        using var rule = proxy.ServerToClient.AfterBytes(1_000_000, Fault.Reset, new FaultSchedule { Times = 2 });

        Assert.Equal(content, await StoreFixture.ReadAsync(store, key, Cancellation));

        Assert.Equal(2, rule.Fired);
        // Not from the beginning again: the reset may swallow what lay in buffers, and no more.
        Assert.InRange(proxy.ServerToClient.BytesDelivered, content.Length, content.Length + 1_500_000);
    }

    [Fact]
    public async Task A_download_that_stands_still_goes_on_over_another_connection()
    {
        await using var proxy = s3.StartProxy(captureLimit: 0);
        using var store = s3.NewStore(proxy, options => options.TransferStallTimeout = TimeSpan.FromMilliseconds(300));
        var (key, content) = (StoreFixture.NewKey(), new SeededRandom().Bytes(3_000_000));
        using (var direct = s3.NewStore())
            await direct.UploadAsync(key, new MemoryStream(content), ct: Cancellation);
        using var rule = proxy.ServerToClient.AfterBytes(1_000_000, Fault.BlackHole);

        Assert.Equal(content, await StoreFixture.ReadAsync(store, key, Cancellation));
        Assert.Equal(1, rule.Fired);
    }

    [Fact]
    public async Task A_download_of_an_object_that_was_replaced_meanwhile_does_not_mix_the_two()
    {
        await using var proxy = s3.StartProxy(captureLimit: 0);
        using var store = s3.NewStore(proxy);
        using var direct = s3.NewStore();
        var key = StoreFixture.NewKey();
        await direct.UploadAsync(key, new MemoryStream(new byte[3_000_000]), ct: Cancellation);
        using var rule = proxy.ServerToClient.AfterBytes(1_000_000, Fault.BlackHole);
        await using var content = await store.OpenReadAsync(key, Cancellation);
        var copy = new MemoryStream();
#pragma warning disable CA2025 // It is awaited below, before the stream is disposed.
        var copying = content.CopyToAsync(copy, Cancellation);
#pragma warning restore CA2025
        await rule.WaitAsync();

        await direct.UploadAsync(key, new MemoryStream(Enumerable.Repeat((byte)1, 3_000_000).ToArray()), ct: Cancellation);
        proxy.ResetAll();

        await Assert.ThrowsAsync<PreconditionFailedException>(() => copying);
        Assert.All(copy.ToArray(), value => Assert.Equal(0, value));
    }
}
