namespace LedgerLift.Storage.Contract;

public abstract partial class ObjectStoreContract
{
    [Theory]
    [InlineData(1024)]
    [InlineData(1)]
    [InlineData(1025)]
    [InlineData(MiB)]
    [InlineData(10 * MiB)]
    [InlineData(100 * MiB - 1)]
    [InlineData(100 * MiB)]
    public async Task A_presigned_put_takes_what_was_announced_and_confirms_it(long length)
    {
        await using var store = await CreateAsync();
        var content = Bytes.Of(length);
        var intent = Intent(content) with { Metadata = new Dictionary<string, string> { ["owner"] = "somebody" } };

        var signed = await store.Objects.PresignPutAsync(intent, Cancellation);
        var reply = await SendAsync(store, SignedSend.Of(signed, content));
        var confirmed = await store.Objects.ConfirmAsync(intent, Cancellation);

        Assert.Equal("PUT", signed.Method);
        Assert.Empty(signed.Fields);
        Assert.True(reply.IsSuccess, $"{reply.Status}");
        Assert.True(confirmed.Matches, string.Join(", ", confirmed.Differences));
        Assert.Empty(confirmed.Differences);
        Assert.Equal(length, confirmed.Object!.Length);
        Assert.Equal("application/pdf", confirmed.Object.ContentType);
        Assert.Equal("somebody", confirmed.Object.Metadata["owner"]);
        await store.Objects.DeleteAsync(Key(), Cancellation);
    }

    [Fact]
    public async Task One_byte_above_the_limit_is_not_signed()
    {
        await using var store = await CreateAsync();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () =>
            await store.Objects.PresignPutAsync(new UploadIntent(Key(), 100 * MiB + 1, "application/pdf"), Cancellation)
        );
    }

    [Fact]
    public async Task The_answer_names_every_header_the_client_must_send()
    {
        await using var store = await CreateAsync();
        var content = Bytes.Of(5000);

        var signed = await store.Objects.PresignPutAsync(Intent(content), Cancellation);

        Assert.Equal("5000", Header(signed, "Content-Length"));
        Assert.Equal("application/pdf", Header(signed, "Content-Type"));
        Assert.Equal("*", Header(signed, "If-None-Match"));
        Assert.All(signed.Headers.Keys, name => Assert.DoesNotContain('\n', name));
    }

    [Fact]
    public async Task Nothing_there_is_no_match_and_no_object()
    {
        await using var store = await CreateAsync();

        var confirmed = await store.Objects.ConfirmAsync(Intent(Bytes.Of(10)), Cancellation);

        Assert.False(confirmed.Matches);
        Assert.Null(confirmed.Object);
        Assert.Empty(confirmed.Differences);
    }

    [Fact]
    public async Task Confirming_names_every_difference()
    {
        await using var store = await CreateAsync();
        var announced = Bytes.Of(5000);
        var intent = Intent(announced) with
        {
            Metadata = new Dictionary<string, string> { ["owner"] = "somebody", ["case"] = "7" },
        };
        await PutAsync(
            store,
            Key(),
            Bytes.Of(4000, seed: 2),
            new UploadSettings
            {
                ContentType = "text/csv",
                Metadata = new Dictionary<string, string> { ["owner"] = "other" },
            }
        );

        var shorter = await store.Objects.ConfirmAsync(intent, Cancellation);
        await PutAsync(
            store,
            Key(),
            Bytes.Of(5000, seed: 2),
            new UploadSettings { ContentType = "application/pdf", Metadata = intent.Metadata }
        );
        var sameLength = await store.Objects.ConfirmAsync(intent, Cancellation);

        Assert.False(shorter.Matches);
        Assert.Contains(new UploadDifference("length", "5000", "4000"), shorter.Differences);
        Assert.Contains(new UploadDifference("content_type", "application/pdf", "text/csv"), shorter.Differences);
        Assert.Contains(new UploadDifference("metadata.owner", "somebody", "other"), shorter.Differences);
        Assert.Contains(new UploadDifference("metadata.case", "7", ""), shorter.Differences);
        Assert.False(sameLength.Matches);
        Assert.Equal(["md5", "sha256"], sameLength.Differences.Select(difference => difference.Field).Order());
        Assert.Contains(
            new UploadDifference("sha256", Bytes.Sha256(announced), Bytes.Sha256(Bytes.Of(5000, seed: 2))),
            sameLength.Differences
        );
    }

    [Fact]
    public async Task A_second_put_of_a_create_only_upload_is_refused_and_changes_nothing()
    {
        await using var store = await CreateAsync();
        var (first, second) = (Bytes.Of(2000, seed: 1), Bytes.Of(2000, seed: 2));

        var one = await SendAsync(store, SignedSend.Of(await store.Objects.PresignPutAsync(Intent(first), Cancellation), first));
        var two = await SendAsync(store, SignedSend.Of(await store.Objects.PresignPutAsync(Intent(second), Cancellation), second));

        Assert.True(one.IsSuccess);
        Assert.Equal(412, two.Status);
        Assert.Equal(first, await ReadAsync(store, Key()));
    }

    [Fact]
    public async Task A_put_that_is_not_create_only_replaces()
    {
        await using var store = await CreateAsync();
        var (first, second) = (Bytes.Of(2000, seed: 1), Bytes.Of(3000, seed: 2));

        foreach (var content in (byte[][])[first, second])
        {
            var signed = await store.Objects.PresignPutAsync(Intent(content) with { CreateOnly = false }, Cancellation);
            Assert.True((await SendAsync(store, SignedSend.Of(signed, content))).IsSuccess);
        }

        Assert.Equal(second, await ReadAsync(store, Key()));
    }

    [Fact]
    public async Task Of_create_only_puts_at_once_exactly_one_is_taken()
    {
        await using var store = await CreateAsync();
        var contents = Enumerable.Range(0, Racers).Select(racer => Bytes.Of(200_000, seed: racer)).ToArray();
        var sends = new List<SignedSend>();
        foreach (var content in contents)
            sends.Add(SignedSend.Of(await store.Objects.PresignPutAsync(Intent(content), Cancellation), content));

        var replies = await Task.WhenAll(sends.Select(send => Task.Run(() => SendAsync(store, send))));

        Assert.Single(replies, reply => reply.IsSuccess);
        Assert.All(replies, reply => Assert.True(reply.IsSuccess || reply.Status is 412 or 409, $"{reply.Status}"));
        Assert.Equal(contents[Array.FindIndex(replies, reply => reply.IsSuccess)], await ReadAsync(store, Key()));
    }

    private static string Header(PresignedUpload signed, string name) =>
        signed.Headers.Single(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}
