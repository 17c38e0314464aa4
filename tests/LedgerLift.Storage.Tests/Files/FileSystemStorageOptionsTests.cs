namespace LedgerLift.Storage.Tests;

public sealed class FileSystemStorageOptionsTests
{
    private static FileSystemStorageOptions Valid => new() { RootPath = "root", PublicBaseUrl = "https://files.example/objects" };

    public static TheoryData<string, object?, bool> Edges =>
        new()
        {
            { nameof(FileSystemStorageOptions.RootPath), " ", false },
            { nameof(FileSystemStorageOptions.RootPath), "a\0b", false },
            { nameof(FileSystemStorageOptions.PublicBaseUrl), "", false },
            { nameof(FileSystemStorageOptions.PublicBaseUrl), "/objects", false },
            { nameof(FileSystemStorageOptions.PublicBaseUrl), "ftp://a/", false },
            { nameof(FileSystemStorageOptions.PublicBaseUrl), "http://a/?b=c", false },
            { nameof(FileSystemStorageOptions.PublicBaseUrl), "http://a/#b", false },
            { nameof(FileSystemStorageOptions.PublicBaseUrl), "http://user:secret@a/", false },
            { nameof(FileSystemStorageOptions.PublicBaseUrl), "http://127.0.0.1:5080", true },
            { nameof(FileSystemStorageOptions.SigningKey), new string('k', 31), false },
            { nameof(FileSystemStorageOptions.SigningKey), new string('k', 32), true },
            { nameof(FileSystemStorageOptions.SigningKey), null, true },
            { nameof(FileSystemStorageOptions.MaxObjectBytes), 0L, false },
            { nameof(FileSystemStorageOptions.MaxObjectBytes), 1L, true },
            { nameof(FileSystemStorageOptions.PartSizeBytes), 64L * 1024 - 1, false },
            { nameof(FileSystemStorageOptions.PartSizeBytes), 64L * 1024, true },
            { nameof(FileSystemStorageOptions.PartSizeBytes), 5L << 30, true },
            { nameof(FileSystemStorageOptions.PartSizeBytes), (5L << 30) + 1, false },
            { nameof(FileSystemStorageOptions.PresignExpiry), TimeSpan.FromSeconds(1), true },
            { nameof(FileSystemStorageOptions.PresignExpiry), TimeSpan.FromSeconds(0.999), false },
            { nameof(FileSystemStorageOptions.PresignExpiry), TimeSpan.FromDays(7), true },
            { nameof(FileSystemStorageOptions.PresignExpiry), TimeSpan.FromDays(7) + TimeSpan.FromTicks(1), false },
            { nameof(FileSystemStorageOptions.IncompleteUploadAge), null, true },
            { nameof(FileSystemStorageOptions.IncompleteUploadAge), TimeSpan.FromMinutes(1), true },
            { nameof(FileSystemStorageOptions.IncompleteUploadAge), TimeSpan.FromSeconds(59), false },
            { nameof(FileSystemStorageOptions.HealthCacheDuration), TimeSpan.Zero, true },
            { nameof(FileSystemStorageOptions.HealthCacheDuration), TimeSpan.FromTicks(-1), false },
        };

    [Fact]
    public void What_has_no_default_must_be_set()
    {
        var failures = new FileSystemStorageOptionsValidator().Validate(name: null, new FileSystemStorageOptions()).Failures!.ToList();

        Assert.Equal(2, failures.Count);
        Assert.Contains(failures, failure => failure.Contains("RootPath", StringComparison.Ordinal));
        Assert.Contains(failures, failure => failure.Contains("PublicBaseUrl", StringComparison.Ordinal));
        Assert.True(new FileSystemStorageOptionsValidator().Validate(name: null, Valid).Succeeded);
    }

    [Theory]
    [MemberData(nameof(Edges))]
    public void Every_option_has_its_edges(string option, object? value, bool valid)
    {
        var options = Valid;
        typeof(FileSystemStorageOptions).GetProperty(option)!.SetValue(options, value);

        var result = new FileSystemStorageOptionsValidator().Validate(name: null, options);

        Assert.Equal(valid, result.Succeeded);
        if (!valid)
            Assert.Contains(option, Assert.Single(result.Failures!), StringComparison.Ordinal);
    }

    [Fact]
    public void The_constructor_validates_too_and_never_shows_the_secret()
    {
        var options = new FileSystemStorageOptions { SigningKey = "hunter2", MaxObjectBytes = -1 };

        var failure = Assert.Throws<ArgumentException>(() => new FileSystemObjectStore(options));

        Assert.Contains("RootPath", failure.Message, StringComparison.Ordinal);
        Assert.Contains("SigningKey", failure.Message, StringComparison.Ordinal);
        Assert.Contains("-1", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", failure.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => new FileSystemObjectStore(null!));
    }
}
