namespace LedgerLift.Storage.Tests;

public sealed class UploadIntentTests
{
    private static readonly ObjectKey Key = ObjectKey.Parse("a");
    private static readonly UploadIntent Intent = new(Key, 10, "text/csv");

    [Fact]
    public void It_is_create_only_and_announces_no_hash_by_default()
    {
        Assert.True(Intent.CreateOnly);
        Assert.Null(Intent.Sha256Hex);
        Assert.Null(Intent.Md5Hex);
        Assert.Null(Intent.Expiry);
        Assert.Empty(Intent.Metadata);
        var (key, length, type) = Intent;
        Assert.Equal((Key, 10L, "text/csv"), (key, length, type));
    }

    [Fact]
    public void Hashes_and_names_are_kept_in_lower_case()
    {
        var intent = Intent with
        {
            Sha256Hex = new string('A', 64),
            Md5Hex = new string('B', 32),
            Metadata = new Dictionary<string, string> { ["Owner-Id"] = "X" },
        };

        Assert.Equal(new string('a', 64), intent.Sha256Hex);
        Assert.Equal(new string('b', 32), intent.Md5Hex);
        Assert.Equal("X", intent.Metadata["owner-id"]);
    }

    [Fact]
    public void What_cannot_be_bound_cannot_be_announced()
    {
        Assert.Throws<ArgumentException>(() => new UploadIntent(default, 1, "text/csv"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new UploadIntent(Key, -1, "text/csv"));
        Assert.Throws<ArgumentException>(() => new UploadIntent(Key, 1, " "));
        Assert.Throws<ArgumentException>(() => new UploadIntent(Key, 1, null!));
        Assert.Throws<ArgumentException>(() => new UploadIntent(Key, 1, "text/csv\r\nX: 1"));
        Assert.Throws<ArgumentException>(() => new UploadIntent(Key, 1, "text/csv "));
        Assert.Throws<ArgumentException>(() => Intent with { Sha256Hex = "abc" });
        Assert.Throws<ArgumentException>(() => Intent with { Sha256Hex = new string('g', 64) });
        Assert.Throws<ArgumentException>(() => Intent with { Md5Hex = new string('a', 64) });
        Assert.Throws<ArgumentOutOfRangeException>(() => Intent with { Length = -1 });
    }

    [Theory]
    [InlineData("", "v")]
    [InlineData("a b", "v")]
    [InlineData("ä", "v")]
    [InlineData("a:b", "v")]
    [InlineData("ll-sha256", "v")]
    [InlineData("LL-x", "v")]
    [InlineData("a", "ä")]
    [InlineData("a", "x\r\ny")]
    [InlineData("a", " x")]
    [InlineData("a", "x ")]
    [InlineData("a", null)]
    public void Metadata_that_no_header_carries_is_refused(string name, string? value) =>
        Assert.Throws<ArgumentException>(() => Intent with { Metadata = new Dictionary<string, string> { [name] = value! } });

    [Fact]
    public void Metadata_has_a_limit_and_names_that_differ_in_more_than_case()
    {
        Assert.Equal(
            2047,
            (Intent with { Metadata = new Dictionary<string, string> { ["a"] = new string('v', 2047) } }).Metadata["a"].Length
        );
        Assert.Throws<ArgumentException>(() => Intent with { Metadata = new Dictionary<string, string> { ["a"] = new string('v', 2048) } });
        Assert.Throws<ArgumentException>(() =>
            Intent with
            {
                Metadata = new Dictionary<string, string> { ["a"] = "1", ["A"] = "2" },
            }
        );
        Assert.Throws<ArgumentNullException>(() => Intent with { Metadata = null! });
    }

    [Fact]
    public void Metadata_is_a_copy()
    {
        var metadata = new Dictionary<string, string> { ["a"] = "1" };
        var intent = Intent with { Metadata = metadata };
        metadata["a"] = "2";

        Assert.Equal("1", intent.Metadata["a"]);
    }

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(1, 1, 1)]
    [InlineData(10, 1, 10)]
    [InlineData(11, 2, 1)]
    [InlineData(25, 3, 5)]
    public void An_upload_in_parts_knows_how_many_and_how_long(long length, int count, long last)
    {
        var upload = new MultipartUpload(Key, "id", length, 10);

        Assert.Equal(count, upload.PartCount);
        Assert.Equal(
            length == 0 ? 0
                : length == 10 ? 10
                : last,
            upload.GetPartLength(count)
        );
        Assert.Equal(length, Enumerable.Range(1, count).Sum(upload.GetPartLength));
        Assert.Throws<ArgumentOutOfRangeException>(() => upload.GetPartLength(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => upload.GetPartLength(count + 1));
    }
}
