using LedgerLift.Testing;

namespace DocumentPipeline.Tests;

/// <summary>Each trick ends in the way that is written here, within its limits, and with nothing left running.</summary>
public sealed class HostilePdfTests
{
    private const string NoText = "The pages hold no text; they may be pictures.";
    private const string Refused = "The document cannot be read: it is damaged or protected, or reading it needs more than it may.";
    private const string TooLong = "The document took longer than 1 s to read.";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // The first word says completed or failed; the rest what the owner is told, where that is certain.
    public static TheoryData<string, string, string?> Tricks =>
        new()
        {
            { "count-lies", "failed", Refused },
            { "page-bomb", "failed", Refused },
            { "tree-cycle", "failed", Refused },
            { "deep-tree", "completed", null },
            { "zero-pages", "failed", Refused },
            { "xref-loop", "completed", null },
            { "stream-in-itself", "failed", Refused },
            { "blank-bomb", "failed", TooLong },
            { "text-bomb", "failed", TooLong },
            { "many-runs", "failed", TooLong },
            { "password", "failed", Refused },
            { "script-and-launch", "completed", null },
            { "huge-page", "completed", null },
            { "no-numbers", "completed", NoText },
            { "far-text", "completed", NoText },
            { "no-font", "completed", NoText },
            { "font-is-no-font", "completed", null },
            { "form-in-itself", "completed", null },
            { "deep-array", "completed", NoText },
            { "deep-object", "completed", null },
            { "html-first", "completed", null },
            { "zip-first", "completed", null },
            { "length-lies", "completed", null },
        };

    [Theory]
    [MemberData(nameof(Tricks))]
    public async Task A_trick_ends_as_stated_within_its_limits(string trick, string outcome, string? told)
    {
        var limits = new ExtractionLimits { Time = told == TooLong ? TimeSpan.FromSeconds(1) : Patience, MemoryBytes = 512 << 20 };
        var content = HostilePdf.All[trick]();
        var start = TimeProvider.System.GetTimestamp();

        var (found, failure) = await TryAsync(content, limits);

        Assert.Equal((outcome, told), (failure is null ? "completed" : "failed", failure?.Message ?? found!.Note));
        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, limits.Time + Patience);
        if (found is not null && told is null)
            Assert.Contains(found.Artifacts, artifact => artifact.Page == 1);
        Assert.All(found?.Artifacts ?? [], artifact => Assert.True(double.IsFinite(artifact.Box!.X + artifact.Box.Y + artifact.Box.Width)));
    }

    [Fact]
    public void Every_trick_is_tried() =>
        Assert.Equal(HostilePdf.All.Keys.Order(StringComparer.Ordinal), Tricks.Select(row => row.Data.Item1).Order(StringComparer.Ordinal));

    // Where no tool is installed.
    [Theory]
    [MemberData(nameof(Tricks))]
    public void Counting_the_pages_of_a_trick_ends(string trick, string outcome, string? told)
    {
        var start = TimeProvider.System.GetTimestamp();

        Assert.InRange(PageTree.Count(HostilePdf.All[trick]()), 0, 9_999_999);

        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, Patience);
        Assert.True(outcome is "completed" or "failed", told);
    }

    [Fact]
    public async Task Nothing_in_a_document_is_run()
    {
        var mark = Path.Combine(Path.GetTempPath(), $"ledgerlift-launched-{Guid.NewGuid():N}");

        var (found, _) = await TryAsync(HostilePdf.ScriptAndLaunch(mark), new ExtractionLimits());

        Assert.Equal("Some text", found!.Artifacts[0].Data!.Value.GetProperty("text").GetString());
        Assert.False(File.Exists(mark));
    }

    [Fact]
    public async Task A_file_under_the_name_of_another_type_is_judged_by_that_type()
    {
        var rows = await new DocumentReader(new ExtractionLimits()).ReadAsync(
            Guid.NewGuid(),
            "text/csv",
            sha256: null,
            new MemoryStream(SamplePdf.Of(["Some text"])),
            Token
        );

        var (_, failure) = await TryAsync("name,total\nAda,1\n"u8.ToArray(), new ExtractionLimits());

        Assert.All(rows.Artifacts, artifact => Assert.Equal(("csv", "row"), (artifact.Engine, artifact.Type)));
        Assert.Equal(Refused, failure?.Message);
    }

    private static async Task<(Extraction? Found, UnreadableException? Failure)> TryAsync(byte[] content, ExtractionLimits limits)
    {
        try
        {
            var reader = new DocumentReader(limits);
            return (await reader.ReadAsync(Guid.NewGuid(), "application/pdf", sha256: null, new MemoryStream(content), Token), null);
        }
        catch (UnreadableException failure)
        {
            return (null, failure);
        }
    }
}
