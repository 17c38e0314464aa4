namespace LedgerLift.Storage.Contract;

public abstract partial class ObjectStoreContract
{
    [Theory]
    [InlineData(11 * MiB + 17)]
    [InlineData(10 * MiB)]
    [InlineData(1)]
    public async Task A_client_uploads_in_parts_and_the_object_is_whole(long length)
    {
        await using var store = await CreateAsync();
        var content = Bytes.Of(length);
        var intent = Intent(content) with { Metadata = new Dictionary<string, string> { ["owner"] = "somebody" } };

        var upload = await store.Parts.CreateAsync(intent, Cancellation);
        for (var number = upload.PartCount; number >= 1; number--)
            Assert.True((await SendPartAsync(store, upload, number, content)).IsSuccess);
        var listed = await PartsAsync(store, upload);
        var stored = await store.Parts.CompleteAsync(upload, Cancellation);

        Assert.Equal(Enumerable.Range(1, upload.PartCount), listed.Select(part => part.Number));
        Assert.Equal(length, listed.Sum(part => part.Length));
        Assert.All(listed, part => Assert.NotEmpty(part.ETag));
        Assert.Equal(length, stored.Length);
        Assert.Equal("application/pdf", stored.ContentType);
        Assert.Equal(content, await ReadAsync(store, Key()));
        Assert.True((await store.Objects.ConfirmAsync(intent, Cancellation)).Matches);
        Assert.Equal(0, await CountIncompleteAsync(store, Prefix("")));
    }

    [Fact]
    public async Task Completing_again_gives_the_same_object()
    {
        await using var store = await CreateAsync();
        var content = Bytes.Of(6 * MiB);
        var upload = await UploadPartsAsync(store, content);

        var first = await store.Parts.CompleteAsync(upload, Cancellation);
        var second = await store.Parts.CompleteAsync(upload, Cancellation);

        Assert.Equal(first.ETag, second.ETag);
        Assert.Equal(first.Length, second.Length);
        Assert.Equal(content, await ReadAsync(store, Key()));
    }

    [Fact]
    public async Task Completing_at_once_makes_one_object_and_fails_nobody()
    {
        await using var store = await CreateAsync();
        var content = Bytes.Of(6 * MiB);
        var upload = await UploadPartsAsync(store, content);

        var stored = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Task.Run(() => store.Parts.CompleteAsync(upload, Cancellation).AsTask()))
        );

        Assert.Single(stored.Select(item => item.ETag).Distinct());
        Assert.Equal(content, await ReadAsync(store, Key()));
    }

    [Fact]
    public async Task An_upload_without_all_its_parts_is_not_completed_and_can_go_on()
    {
        await using var store = await CreateAsync();
        var content = Bytes.Of(11 * MiB);
        var upload = await store.Parts.CreateAsync(Intent(content), Cancellation);
        await SendPartAsync(store, upload, 1, content);
        await SendPartAsync(store, upload, 3, content);

        var failure = await Assert.ThrowsAsync<StorageException>(() => store.Parts.CompleteAsync(upload, Cancellation).AsTask());
        Assert.Equal(StorageErrorCodes.UploadIncomplete, failure.Code);
        Assert.False(failure.IsTransient);
        Assert.Null(await store.Objects.FindAsync(Key(), Cancellation));
        await SendPartAsync(store, upload, 2, content);

        Assert.Equal(content.Length, (await store.Parts.CompleteAsync(upload, Cancellation)).Length);
        Assert.Equal(content, await ReadAsync(store, Key()));
    }

    [Fact]
    public async Task A_part_of_another_length_or_number_is_refused()
    {
        await using var store = await CreateAsync();
        var content = Bytes.Of(6 * MiB);
        var upload = await store.Parts.CreateAsync(Intent(content), Cancellation);
        var signed = await store.Parts.PresignPartAsync(upload, 2, MiB, Cancellation);
        var part = content[(5 * (int)MiB)..];

        Assert.False((await SendAsync(store, SignedSend.Of(signed, (byte[])[.. part, 0]))).IsSuccess);
        Assert.False((await SendAsync(store, SignedSend.Of(signed, part.AsMemory(1)))).IsSuccess);
        Assert.False((await SendAsync(store, SignedSend.Of(signed, part) with { Url = UrlTampering.FlipSignature(signed.Url) })).IsSuccess);
        Assert.Empty(await PartsAsync(store, upload));
        Assert.True((await SendAsync(store, SignedSend.Of(signed, part))).IsSuccess);
        Assert.Equal([2], (await PartsAsync(store, upload)).Select(item => item.Number));
        await store.Parts.AbortAsync(upload, Cancellation);
    }

    [Fact]
    public async Task A_part_that_is_sent_again_replaces_the_first()
    {
        await using var store = await CreateAsync();
        var content = Bytes.Of(6 * MiB);
        var upload = await store.Parts.CreateAsync(Intent(content), Cancellation);
        await SendPartAsync(store, upload, 1, Bytes.Of(6 * MiB, seed: 5));
        await SendPartAsync(store, upload, 1, content);
        await SendPartAsync(store, upload, 2, content);

        await store.Parts.CompleteAsync(upload, Cancellation);

        Assert.Equal(content, await ReadAsync(store, Key()));
    }

    [Fact]
    public async Task An_aborted_upload_is_gone_and_aborting_it_again_is_no_failure()
    {
        await using var store = await CreateAsync();
        var upload = await UploadPartsAsync(store, Bytes.Of(6 * MiB));

        await store.Parts.AbortAsync(upload, Cancellation);
        await store.Parts.AbortAsync(upload, Cancellation);

        var failure = await Assert.ThrowsAsync<StorageException>(() => store.Parts.CompleteAsync(upload, Cancellation).AsTask());
        Assert.Equal(StorageErrorCodes.UploadNotFound, failure.Code);
        failure = await Assert.ThrowsAsync<StorageException>(() => PartsAsync(store, upload));
        Assert.Equal(StorageErrorCodes.UploadNotFound, failure.Code);
        var reply = await SendPartAsync(store, upload, 1, Bytes.Of(6 * MiB));
        Assert.Equal(404, reply.Status);
        Assert.Equal(0, await CountIncompleteAsync(store, Prefix("")));
    }

    [Fact]
    public async Task Aborting_what_is_completed_leaves_the_object()
    {
        await using var store = await CreateAsync();
        var upload = await UploadPartsAsync(store, Bytes.Of(100));
        await store.Parts.CompleteAsync(upload, Cancellation);

        await store.Parts.AbortAsync(upload, Cancellation);

        Assert.Equal(100, (await store.Parts.CompleteAsync(upload, Cancellation)).Length);
    }

    [Fact]
    public async Task A_create_only_upload_in_parts_does_not_replace_what_came_first()
    {
        await using var store = await CreateAsync();
        var first = Bytes.Of(10);
        var upload = await UploadPartsAsync(store, Bytes.Of(6 * MiB));
        await PutAsync(store, Key(), first);

        await Assert.ThrowsAsync<PreconditionFailedException>(() => store.Parts.CompleteAsync(upload, Cancellation).AsTask());

        Assert.Equal(first, await ReadAsync(store, Key()));
        await store.Parts.AbortAsync(upload, Cancellation);
    }

    [Fact]
    public async Task An_upload_in_parts_that_may_replace_replaces()
    {
        await using var store = await CreateAsync();
        var content = Bytes.Of(6 * MiB);
        await PutAsync(store, Key(), Bytes.Of(10));

        var upload = await UploadPartsAsync(store, content, createOnly: false);
        await store.Parts.CompleteAsync(upload, Cancellation);

        Assert.Equal(content, await ReadAsync(store, Key()));
    }

    [Fact]
    public async Task Only_parts_that_there_are_can_be_signed()
    {
        await using var store = await CreateAsync();
        var upload = await store.Parts.CreateAsync(Intent(Bytes.Of(6 * MiB)), Cancellation);

        foreach (
            var (number, length) in ((int, long)[])
                [(0, 5 * MiB), (3, MiB), (1, 5 * MiB - 1), (1, 5 * MiB + 1), (2, 5 * MiB), (2, 0), (-1, 5 * MiB)]
        )
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () =>
                await store.Parts.PresignPartAsync(upload, number, length, Cancellation)
            );
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await store.Parts.PresignPartAsync(null!, 1, 1, Cancellation));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await store.Parts.CreateAsync(null!, Cancellation));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await store.Parts.CompleteAsync(null!, Cancellation));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await store.Parts.AbortAsync(null!, Cancellation));
        Assert.Throws<ArgumentNullException>(() => store.Parts.ListPartsAsync(null!, Cancellation));
        await store.Parts.AbortAsync(upload, Cancellation);
    }

    private async Task<MultipartUpload> UploadPartsAsync(ContractStore store, byte[] content, bool createOnly = true)
    {
        var upload = await store.Parts.CreateAsync(Intent(content) with { CreateOnly = createOnly }, Cancellation);
        for (var number = 1; number <= upload.PartCount; number++)
            Assert.True((await SendPartAsync(store, upload, number, content)).IsSuccess);
        return upload;
    }

    private async Task<SignedReply> SendPartAsync(ContractStore store, MultipartUpload upload, int number, byte[] content)
    {
        var length = upload.GetPartLength(number);
        var signed = await store.Parts.PresignPartAsync(upload, number, length, Cancellation);
        return await SendAsync(store, SignedSend.Of(signed, content.AsMemory((int)((number - 1) * upload.PartSizeBytes), (int)length)));
    }

    private static async Task<List<UploadedPart>> PartsAsync(ContractStore store, MultipartUpload upload)
    {
        var parts = new List<UploadedPart>();
        await foreach (var part in store.Parts.ListPartsAsync(upload, Cancellation))
            parts.Add(part);
        return parts;
    }
}
