using System.IO.Compression;
using System.Text;

namespace LedgerLift.Storage.Tests;

public sealed class UploadPolicyContentTests
{
    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private static readonly Dictionary<string, byte[]> Samples = new(StringComparer.Ordinal)
    {
        ["application/pdf"] = "%PDF-1.7\n%\xE2\xE3\n1 0 obj"u8.ToArray(),
        ["image/png"] = [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0, 1],
        ["image/jpeg"] = [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF"u8, 0],
        ["image/tiff"] = [.. "II*\0"u8, 8, 0, 0, 0, 1, 0],
        ["text/csv"] = "id;name\r\n1;äöü\r\n"u8.ToArray(),
        [Xlsx] = Package("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"),
    };

    private readonly UploadPolicy _policy = new();

    public static TheoryData<string, string> Pairs
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (content, type) in Samples.Keys.SelectMany(static content => Samples.Keys.Select(type => (content, type))))
                data.Add(content, type);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_content_fits_its_own_type_and_no_other(string content, string type)
    {
        var verdict = _policy.CheckContent(Samples[content], type);

        Assert.Equal(string.Equals(content, type, StringComparison.Ordinal), verdict.Accepted);
        Assert.Null(verdict.SafeFileName);
        if (!verdict.Accepted)
        {
            var fault = Assert.Single(verdict.Faults);
            Assert.Equal(("content", UploadFaultCodes.ContentMismatch), (fault.Field, fault.Code));
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void No_prefix_of_any_content_throws(string content, string type)
    {
        for (var length = 0; length <= Math.Min(80, Samples[content].Length); length++)
            Assert.NotNull(_policy.CheckContent(Samples[content].AsSpan(0, length), type));
        Assert.False(_policy.CheckContent([], type).Accepted);
    }

    [Theory]
    [InlineData("image/jpeg", "FFD8FFDB0043")]
    [InlineData("image/jpeg", "FFD8FFE1AABB")]
    [InlineData("image/tiff", "4D4D002A00000008")]
    [InlineData("image/tiff", "49492A0010000000")]
    [InlineData("image/tiff", "49492B0008000000")]
    [InlineData("application/pdf", "EFBBBF0D0A255044462D312E34")]
    [InlineData("application/pdf", "255044462D322E30")]
    [InlineData("text/csv", "EFBBBF613B62")]
    [InlineData("text/csv", "FFFE61003B006200")]
    [InlineData("text/csv", "FEFF0061003B0062")]
    [InlineData("text/csv", "4DFC6C6C65723B31")]
    public void Usual_variants_are_taken(string type, string hex) =>
        Assert.True(_policy.CheckContent(Convert.FromHexString(hex), type).Accepted);

    [Theory]
    [InlineData("image/jpeg", "FFD8FFD90000", "ends at once")]
    [InlineData("image/jpeg", "FFD8FF", "too short")]
    [InlineData("image/tiff", "49492A0000000000", "directory inside the header")]
    [InlineData("image/png", "89504E470D0A1A0A", "no chunk")]
    [InlineData("application/pdf", "4D5A255044462D312E34", "something in front")]
    [InlineData("application/pdf", "255044462D", "no version")]
    [InlineData("text/csv", "613B00623B", "NUL")]
    [InlineData("text/csv", "613B1B5B33316D", "escape")]
    [InlineData("text/csv", "FFFE61003B000000", "NUL in UTF-16")]
    [InlineData("text/csv", "3C21444F4354595045", "a page")]
    [InlineData("text/csv", "20200A3C7363726970743E", "a script behind blanks")]
    [InlineData("text/csv", "23212F62696E2F7368", "a shell script")]
    [InlineData("text/csv", "7B5C72746631", "RTF")]
    [InlineData("text/csv", "FFFE3C0068007400", "a page in UTF-16")]
    [InlineData("text/csv", "20200D0A", "nothing but blanks")]
    [InlineData("application/pdf", "3C21444F4354595045", "a page")]
    public void Near_misses_are_refused(string type, string hex, string why) =>
        Assert.False(_policy.CheckContent(Convert.FromHexString(hex), type).Accepted, why);

    [Theory]
    [InlineData("[Content_Types].xml", "word/document.xml")]
    [InlineData("[Content_Types].xml", "ppt/presentation.xml")]
    [InlineData("readme.txt", "xl/workbook.xml")]
    [InlineData("evil.exe", "x")]
    public void Other_packages_are_no_spreadsheets(string first, string second) =>
        Assert.False(_policy.CheckContent(Package(first, second), Xlsx).Accepted);

    [Theory]
    [InlineData("xl/workbook.xml")]
    [InlineData("docProps/app.xml", "xl/workbook.xml")]
    [InlineData("customXml/item1.xml", "xl/styles.xml")]
    public void A_spreadsheet_may_begin_with_any_part_of_a_package(params string[] names) =>
        Assert.True(_policy.CheckContent(Package(names), Xlsx).Accepted);

    [Fact]
    public void A_type_of_ones_own_is_refused_only_when_it_is_evidently_another()
    {
        var policy = new UploadPolicy(
            new UploadPolicyOptions { AllowedTypes = new Dictionary<string, string[]> { ["application/x-ledger"] = ["ldg"] } }
        );

        Assert.True(policy.CheckContent("anything"u8, "application/x-ledger").Accepted);
        Assert.False(policy.CheckContent(Samples["application/pdf"], "application/x-ledger").Accepted);
        Assert.Equal(UploadFaultCodes.ContentTypeNotAllowed, policy.CheckContent("x"u8, "application/pdf").Faults[0].Code);
    }

    private static byte[] Package(params string[] names)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in names)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes("<x/>"));
            }
        }

        return bytes.ToArray();
    }
}
