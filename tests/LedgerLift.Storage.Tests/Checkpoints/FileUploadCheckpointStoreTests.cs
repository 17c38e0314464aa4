using FsCheck;
using FsCheck.Fluent;
using LedgerLift.Testing;

namespace LedgerLift.Storage.Tests;

public sealed class FileUploadCheckpointStoreTests : IDisposable
{
    private static readonly ObjectKey Key = ObjectKey.Parse("uploads/a.pdf");

    private static readonly UploadCheckpoint Checkpoint = new(
        Key,
        "upload-1",
        8 * 1024 * 1024,
        20_000_000,
        "a.pdf|20000000|638",
        [
            new UploadCheckpointPart(1, 8 * 1024 * 1024, "\"e1\"", new string('a', 64)),
            new UploadCheckpointPart(3, 3_222_784, "\"e3\"", new string('b', 64)),
        ]
    )
    {
        UploadToken = "token",
        ContentType = "application/pdf",
    };

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_saved_is_loaded_by_another_process()
    {
        await new FileUploadCheckpointStore(_folder["new/folder"]).SaveAsync(Checkpoint, Cancellation);

        var loaded = await new FileUploadCheckpointStore(_folder["new/folder"]).LoadAsync(Key, Cancellation);

        AssertEqual(Checkpoint, loaded);
        Assert.Single(Directory.GetFiles(_folder["new/folder"]));
    }

    [Fact]
    public async Task The_file_is_the_one_of_version_1()
    {
        await new FileUploadCheckpointStore(_folder.Path).SaveAsync(Checkpoint, Cancellation);

        var golden = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Golden", "checkpoint-v1.json"), Cancellation);
        Assert.Equal(golden.TrimEnd(), await File.ReadAllTextAsync(Directory.GetFiles(_folder.Path).Single(), Cancellation));
    }

    [Fact]
    public async Task Saving_again_replaces_and_removing_forgets()
    {
        var store = new FileUploadCheckpointStore(_folder.Path);
        await store.SaveAsync(Checkpoint, Cancellation);
        await store.SaveAsync(Checkpoint with { UploadId = "upload-2", Parts = [] }, Cancellation);

        // What a process leaves that is killed while it saves.
        await File.WriteAllTextAsync(_folder[$".{Path.GetFileName(Directory.GetFiles(_folder.Path).Single())}.0.tmp"], "{", Cancellation);

        Assert.Equal("upload-2", (await store.LoadAsync(Key, Cancellation))!.UploadId);
        Assert.Null(await store.LoadAsync(ObjectKey.Parse("uploads/A.pdf"), Cancellation));
        await store.RemoveAsync(Key, Cancellation);
        await store.RemoveAsync(Key, Cancellation);
        Assert.Null(await store.LoadAsync(Key, Cancellation));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"version\":2}")]
    public async Task A_file_that_is_none_is_as_if_there_were_none(string text)
    {
        var store = new FileUploadCheckpointStore(_folder.Path);
        await store.SaveAsync(Checkpoint, Cancellation);
        await File.WriteAllTextAsync(Directory.GetFiles(_folder.Path).Single(), text, Cancellation);

        Assert.Null(await store.LoadAsync(Key, Cancellation));
    }

    [Fact]
    public async Task No_file_that_was_cut_off_or_changed_is_taken_for_another_checkpoint()
    {
        var store = new FileUploadCheckpointStore(_folder.Path);
        await store.SaveAsync(Checkpoint, Cancellation);
        var path = Directory.GetFiles(_folder.Path).Single();
        var whole = await File.ReadAllBytesAsync(path, Cancellation);

        for (var length = 0; length < whole.Length; length++)
            Assert.Null(UploadCheckpointJson.Read(whole.AsSpan(0, length)));
        await File.WriteAllTextAsync(
            path,
            (await File.ReadAllTextAsync(path, Cancellation)).Replace("a.pdf\"", "b.pdf\"", StringComparison.Ordinal),
            Cancellation
        );
        Assert.Null(await store.LoadAsync(Key, Cancellation));
    }

    [Fact]
    public void Parts_out_of_order_or_without_a_hash_are_not_believed()
    {
        var part = Checkpoint.Parts[0];
        foreach (
            var parts in (UploadCheckpointPart[][])
                [
                    [part, part],
                    [part with { Number = 0 }],
                    [part with { Sha256Hex = "x" }],
                    [part with { ETag = "" }],
                    [part with { Length = part.Length + 1 }],
                ]
        )
            Assert.Null(UploadCheckpointJson.Read(UploadCheckpointJson.Write(Checkpoint with { Parts = parts })));
    }

    [Fact]
    public void Every_checkpoint_comes_back_equal() =>
        Prop.ForAll(
                (
                    from count in Gen.Choose(0, 20)
                    from partSize in Gen.Choose(1, int.MaxValue)
                    from length in Gen.Choose(0, int.MaxValue)
                    from identity in Gen.Elements(null, "", "ä\"\\\n", "x")
                    select Checkpoint with
                    {
                        PartSizeBytes = partSize,
                        Length = length % 3 == 0 ? null : length,
                        SourceIdentity = identity,
                        Parts =
                        [
                            .. Enumerable
                                .Range(1, count)
                                .Select(number => new UploadCheckpointPart(number * 2, partSize, $"\"{number}\"", new string('c', 64))),
                        ],
                    }
                ).ToArbitrary(),
                checkpoint => AssertEqual(checkpoint, UploadCheckpointJson.Read(UploadCheckpointJson.Write(checkpoint)))
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public async Task Misuse_is_told()
    {
        var store = new FileUploadCheckpointStore(_folder.Path);

        Assert.Throws<ArgumentException>(() => new FileUploadCheckpointStore(" "));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await store.SaveAsync(null!, Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.LoadAsync(default, Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.RemoveAsync(default, Cancellation));
    }

    private static void AssertEqual(UploadCheckpoint expected, UploadCheckpoint? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.Parts, actual.Parts);
        Assert.Equal(expected with { Parts = actual.Parts }, actual);
    }
}
