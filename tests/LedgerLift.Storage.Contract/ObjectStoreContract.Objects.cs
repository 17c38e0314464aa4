namespace LedgerLift.Storage.Contract;

public abstract partial class ObjectStoreContract
{
    /// <summary>Keys that some layer between a caller and a store is known to change.</summary>
    public static TheoryData<string> AwkwardNames =>
        [
            "with blank",
            "a+b",
            "%2F",
            "%25",
            "a%2Fb",
            "~!*'()",
            "&=?#;,:@$",
            "äöü-日本語-🙂",
            "UPPER",
            "upper",
            "trailing.",
            "e\u0301",
            "\u00E9",
            "folder/folder/folder/name",
            "\"quoted\"",
            "<tag>",
            "CON",
        ];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(128 * 1024)]
    [InlineData(5 * MiB)]
    [InlineData(5 * MiB + 1)]
    [InlineData(17 * MiB + 3)]
    public async Task What_is_uploaded_is_read_back_whole_and_described_truly(long length)
    {
        await using var store = await CreateAsync();
        var content = Bytes.Of(length);
        var before = TimeProvider.System.GetUtcNow();
        var settings = new UploadSettings
        {
            ContentType = "image/png",
            Metadata = new Dictionary<string, string> { ["Owner"] = "somebody" },
        };

        var stored = await PutAsync(store, Key(), content, settings);
        var found = await store.Objects.FindAsync(Key(), Cancellation);

        Assert.Equal(content, await ReadAsync(store, Key()));
        Assert.NotNull(found);
        foreach (var told in (StoredObject[])[stored, found])
        {
            Assert.Equal(Key(), told.Key);
            Assert.Equal(length, told.Length);
            Assert.Equal("image/png", told.ContentType);
            Assert.Equal("somebody", told.Metadata["owner"]);
            Assert.StartsWith("\"", told.ETag, StringComparison.Ordinal);
            Assert.Equal(TimeSpan.Zero, told.LastModified.Offset);
        }

        Assert.Equal(Bytes.Sha256(content), stored.Sha256Hex);
        Assert.Equal(stored.ETag, found.ETag);
        Assert.True(stored.LastModified >= before.AddMinutes(-5), $"{stored.LastModified:O} lies before {before:O}");
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(70_000, 777)]
    [InlineData(12 * 1024 * 1024 + 5, 1024 * 1024)]
    public async Task A_stream_without_a_length_is_uploaded_as_well(int length, int bite)
    {
        await using var store = await CreateAsync();
        var content = Bytes.Of(length);
        await using var source = new SourceStream(content, bite);

        var stored = await store.Objects.UploadAsync(Key(), source, ct: Cancellation);

        Assert.Equal(length, stored.Length);
        Assert.Equal(content, await ReadAsync(store, Key()));
        Assert.False(source.IsDisposed);
    }

    [Fact]
    public async Task A_stream_is_read_from_where_it_stands()
    {
        await using var store = await CreateAsync();
        var content = Bytes.Of(1000);
        using var source = new MemoryStream(content) { Position = 300 };

        var stored = await store.Objects.UploadAsync(Key(), source, ct: Cancellation);

        Assert.Equal(700, stored.Length);
        Assert.Equal(content[300..], await ReadAsync(store, Key()));
        Assert.True(source.CanRead);
    }

    [Fact]
    public async Task An_upload_replaces_what_is_there_unless_it_may_only_create()
    {
        await using var store = await CreateAsync();
        var createOnly = new UploadSettings { CreateOnly = true };
        var (first, second) = (Bytes.Of(1000, seed: 1), Bytes.Of(2000, seed: 2));

        await PutAsync(store, Key(), first, createOnly);
        var refused = await Assert.ThrowsAsync<PreconditionFailedException>(() => PutAsync(store, Key(), second, createOnly).AsTask());
        Assert.Equal(first, await ReadAsync(store, Key()));
        await PutAsync(store, Key(), second);

        Assert.Equal(second, await ReadAsync(store, Key()));
        Assert.Equal(Key(), refused.Key);
        Assert.Equal(StorageErrorCodes.PreconditionFailed, refused.Code);
        Assert.False(refused.IsTransient);
    }

    [Fact]
    public async Task Of_those_who_create_the_same_object_at_once_exactly_one_succeeds()
    {
        await using var store = await CreateAsync();
        var contents = Enumerable.Range(0, Racers).Select(racer => Bytes.Of(200_000, seed: racer)).ToArray();
        using var start = new ManualResetEventSlim();
        var races = contents
            .Select(content =>
                Task.Run(async () =>
                {
                    start.Wait(Cancellation);
                    try
                    {
                        await PutAsync(store, Key(), content, new UploadSettings { CreateOnly = true });
                        return true;
                    }
                    catch (PreconditionFailedException)
                    {
                        return false;
                    }
                })
            )
            .ToArray();

        start.Set();
        var won = await Task.WhenAll(races);

        Assert.Single(won, true);
        Assert.Equal(contents[Array.IndexOf(won, true)], await ReadAsync(store, Key()));
    }

    [Fact]
    public async Task Those_who_replace_an_object_at_once_leave_one_of_them_whole()
    {
        await using var store = await CreateAsync();
        var contents = Enumerable.Range(0, Racers).Select(racer => Bytes.Of(300_000 + racer, seed: racer)).ToArray();

        await Task.WhenAll(contents.Select(content => PutAsync(store, Key(), content).AsTask()));

        Assert.Contains(await ReadAsync(store, Key()), contents);
        Assert.Single(await ListAsync(store, Key().Value));
    }

    [Fact]
    public async Task A_deleted_object_is_gone_and_deleting_it_again_says_so()
    {
        await using var store = await CreateAsync();
        await PutAsync(store, Key(), Bytes.Of(10));

        Assert.True(await store.Objects.DeleteAsync(Key(), Cancellation));
        Assert.False(await store.Objects.DeleteAsync(Key(), Cancellation));
        Assert.Null(await store.Objects.FindAsync(Key(), Cancellation));
        Assert.Empty(await ListAsync(store, Key().Value));
        await PutAsync(store, Key(), Bytes.Of(20), new UploadSettings { CreateOnly = true });
        Assert.Equal(20, (await store.Objects.FindAsync(Key(), Cancellation))!.Length);
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        await using var store = await CreateAsync();

        Assert.Null(await store.Objects.FindAsync(Key("nothing"), Cancellation));
        var failure = await Assert.ThrowsAsync<ObjectNotFoundException>(() =>
            store.Objects.OpenReadAsync(Key("nothing"), Cancellation).AsTask()
        );

        Assert.Equal(Key("nothing"), failure.Key);
        Assert.Equal(StorageErrorCodes.ObjectNotFound, failure.Code);
        Assert.False(failure.IsTransient);
    }

    [Theory]
    [MemberData(nameof(AwkwardNames))]
    public async Task Every_key_is_kept_letter_by_letter(string name)
    {
        await using var store = await CreateAsync();
        var content = Bytes.Of(100, seed: name.Length);

        await PutAsync(store, Key(name), content);
        await PutAsync(store, Key(name + "x"), Bytes.Of(5));

        Assert.Equal(content, await ReadAsync(store, Key(name)));
        Assert.Contains(Key(name), (await ListAsync(store, Prefix(name))).Select(item => item.Key));
        var reply = await SendAsync(store, SignedSend.Get(await store.Objects.PresignGetAsync(Key(name), ct: Cancellation)));
        Assert.Equal(content, reply.Body);
        Assert.True(await store.Objects.DeleteAsync(Key(name), Cancellation));
        Assert.NotNull(await store.Objects.FindAsync(Key(name + "x"), Cancellation));
    }

    [Fact]
    public async Task A_key_may_be_as_long_as_keys_may_be()
    {
        await using var store = await CreateAsync();
        var key = Key(new string('k', ObjectKey.MaxBytes - Prefix("").Length));

        await PutAsync(store, key, Bytes.Of(3));

        Assert.Equal(ObjectKey.MaxBytes, key.Value.Length);
        Assert.Equal(3, (await store.Objects.FindAsync(key, Cancellation))!.Length);
    }

    [Fact]
    public async Task Many_callers_at_once_do_not_mix_their_objects()
    {
        await using var store = await CreateAsync();

        await Task.WhenAll(
            Enumerable
                .Range(0, 40)
                .Select(async caller =>
                {
                    var content = Bytes.Of(1000 + caller * 777, seed: caller);
                    await PutAsync(store, Key($"caller-{caller}"), content);
                    Assert.Equal(content, await ReadAsync(store, Key($"caller-{caller}")));
                    Assert.Equal(content.Length, (await store.Objects.FindAsync(Key($"caller-{caller}"), Cancellation))!.Length);
                })
        );

        Assert.Equal(40, (await ListAsync(store, Prefix("caller-"))).Count);
    }

    [Fact]
    public async Task A_reader_keeps_what_it_opened()
    {
        await using var store = await CreateAsync();
        var content = Bytes.Of(3000);
        await PutAsync(store, Key(), content);
        await using var opened = await store.Objects.OpenReadAsync(Key(), Cancellation);

        var read = new byte[3000];
        await opened.ReadExactlyAsync(read, Cancellation);

        Assert.Equal(content, read);
        Assert.Equal(0, await opened.ReadAsync(new byte[1], Cancellation));
    }

    [Fact]
    public async Task Statistics_count_what_was_done_and_what_went_wrong()
    {
        await using var store = await CreateAsync();
        var before = store.Objects.GetStatistics();
        await PutAsync(store, Key(), Bytes.Of(1000));
        await ReadAsync(store, Key());
        await Assert.ThrowsAsync<PreconditionFailedException>(() =>
            PutAsync(store, Key(), Bytes.Of(5), new UploadSettings { CreateOnly = true }).AsTask()
        );

        var after = store.Objects.GetStatistics();

        Assert.True(after.Requests - before.Requests >= 3, $"{before} → {after}");
        Assert.True(after.Succeeded - before.Succeeded >= 2, $"{before} → {after}");
        Assert.Equal(after.Requests, after.Succeeded + after.Failed);
        Assert.Equal(1000, after.BytesReceived - before.BytesReceived);
        Assert.InRange(after.BytesSent - before.BytesSent, 1000, RepeatsBodies ? 5000 : 1005);
        Assert.Equal(0, after.Rejected);
        Assert.True(after.MeanDuration > TimeSpan.Zero || before.Requests == 0, $"{after}");
    }

    [Fact]
    public async Task Misuse_is_told_at_once()
    {
        await using var store = await CreateAsync();
        var closed = new MemoryStream();
        await closed.DisposeAsync();

        await Assert.ThrowsAsync<ArgumentNullException>(async () => await store.Objects.UploadAsync(Key(), null!, ct: Cancellation));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await store.Objects.UploadAsync(Key(), closed, ct: Cancellation));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () =>
            await store.Objects.UploadAsync(default, new MemoryStream(), ct: Cancellation)
        );
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await store.Objects.OpenReadAsync(default, Cancellation));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await store.Objects.FindAsync(default, Cancellation));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await store.Objects.DeleteAsync(default, Cancellation));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await store.Objects.PresignGetAsync(default, ct: Cancellation));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await store.Objects.PresignPutAsync(null!, Cancellation));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await store.Objects.PresignPostAsync(null!, Cancellation));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await store.Objects.ConfirmAsync(null!, Cancellation));
        Assert.Throws<ArgumentNullException>(() => store.Objects.ListAsync(null!, Cancellation));
    }

    [Fact]
    public async Task A_token_that_is_cancelled_ends_every_call()
    {
        await using var store = await CreateAsync();
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.Objects.FindAsync(Key(), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.Objects.OpenReadAsync(Key(), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.Objects.DeleteAsync(Key(), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await store.Objects.UploadAsync(Key(), new MemoryStream(10), ct: cancelled)
        );
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await store.Objects.ConfirmAsync(new UploadIntent(Key(), 1, "text/csv"), cancelled)
        );
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var item in store.Objects.ListAsync("", cancelled))
                Assert.Fail(item.Key.Value);
        });
        Assert.Equal(0, store.Objects.GetStatistics().Failed);
    }
}
