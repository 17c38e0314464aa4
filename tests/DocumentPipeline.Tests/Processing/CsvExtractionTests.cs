using System.Text;

namespace DocumentPipeline.Tests;

public sealed class CsvExtractionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("name,total\r\n\"Müller, Ada\",12.50\r\n", "Müller, Ada")]
    [InlineData("name;total\nMüller;12.50\n", "Müller")]
    [InlineData("name\ttotal\n\"He said \"\"no\"\"\"\t1\n", "He said \"no\"")]
    public async Task Finds_the_rows_whatever_parts_them(string text, string cell)
    {
        var found = await ReadAsync(Encoding.UTF8.GetBytes(text));

        Assert.Equal(2, found.Artifacts.Count);
        Assert.All(found.Artifacts, artifact => Assert.Equal(("row", 1), (artifact.Type, artifact.Page)));
        Assert.Equal(cell, found.Artifacts[1].Data!.Value.GetProperty("cells")[0].GetString());
    }

    [Fact]
    public async Task Refuses_bytes_that_are_no_text() =>
        await Assert.ThrowsAsync<UnreadableException>(() => ReadAsync([0x61, 0x2c, 0xff, 0xfe, 0x0a]));

    [Fact]
    public async Task Keeps_so_many_rows_and_says_so()
    {
        var text = string.Concat(Enumerable.Range(0, 50).Select(row => $"{row},x\n"));

        var found = await ReadAsync(Encoding.UTF8.GetBytes(text), new ExtractionLimits { Artifacts = 10 });

        Assert.Equal(10, found.Artifacts.Count);
        Assert.Equal("Only the first 10 rows were kept.", found.Note);
    }

    [Theory]
    [InlineData("text/csv; charset=utf-8", "csv")]
    [InlineData("Text/CSV", "csv")]
    [InlineData(" text/csv ;header=present", "csv")]
    [InlineData("text/csv-schema", "none")]
    [InlineData("", "none")]
    public async Task The_type_alone_says_who_reads_it_whatever_its_case_and_parameters(string contentType, string engine)
    {
        var found = await ReadAsync("a,b\n"u8.ToArray(), contentType: contentType);

        Assert.Equal(engine, Assert.Single(found.Artifacts).Engine);
    }

    private static Task<Extraction> ReadAsync(byte[] content, ExtractionLimits? limits = null, string contentType = "text/csv") =>
        new DocumentReader(limits ?? new ExtractionLimits()).ReadAsync(
            Guid.NewGuid(),
            contentType,
            sha256: null,
            new MemoryStream(content),
            Token
        );
}
