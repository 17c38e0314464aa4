namespace LedgerLift.Storage.Tests;

public sealed class UploadPolicyTests
{
    private const string Pdf = "application/pdf";

    private readonly UploadPolicy _policy = new();

    public static TheoryData<string, string> Hostile
    {
        get
        {
            var data = new TheoryData<string, string>();
            // By number: a test's display name cannot hold lone surrogates.
            for (var i = 0; i < HostileFileNames.All.Count; i++)
                data.Add(HostileFileNames.All[i].Why, i.ToString(System.Globalization.CultureInfo.InvariantCulture));
            return data;
        }
    }

    [Theory]
    [InlineData("invoice.pdf", Pdf)]
    [InlineData("INVOICE.PDF", Pdf)]
    [InlineData("Invoice 2026-01.pdf", Pdf)]
    [InlineData("Rechnung (Kopie).final.pdf", Pdf)]
    [InlineData("請求書.pdf", Pdf)]
    [InlineData("会議：記録？.pdf", Pdf)]
    [InlineData("İıŞş.pdf", Pdf)]
    [InlineData("Ελληνικά.png", "image/png")]
    [InlineData("صورة.jpeg", "image/jpeg")]
    [InlineData("100%.pdf", Pdf)]
    [InlineData("50%25.pdf", Pdf)]
    [InlineData("a+b&c=d;e,f@g#h!$'~^.pdf", Pdf)]
    [InlineData("👩‍👧.jpg", "image/jpeg")]
    [InlineData("scan.TIF", "image/tiff")]
    [InlineData("scan.tiff", "IMAGE/TIFF")]
    [InlineData("data.csv", "text/csv; charset=utf-8")]
    [InlineData("book.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    [InlineData("CONTRACT.pdf", Pdf)]
    [InlineData("COM10.pdf", Pdf)]
    [InlineData("console.pdf", Pdf)]
    public void Usual_names_are_accepted_as_they_are(string name, string type)
    {
        var verdict = _policy.Check(name, type, 1000);

        Assert.True(verdict.Accepted, string.Join(", ", verdict.Faults));
        Assert.Empty(verdict.Faults);
        Assert.Equal(name, verdict.SafeFileName);
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Hostile_names_are_refused(string why, string number)
    {
        var name = HostileFileNames.All[int.Parse(number, System.Globalization.CultureInfo.InvariantCulture)].Name;

        var verdict = _policy.Check(name, Pdf, 1000);

        Assert.False(verdict.Accepted, why);
        Assert.Null(verdict.SafeFileName);
        var fault = Assert.Single(verdict.Faults);
        Assert.Equal(UploadFaultCodes.FileNameInvalid, fault.Code);
        Assert.Equal("fileName", fault.Field);
        Assert.EndsWith(".", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_missing_is_refused() =>
        Assert.Equal([UploadFaultCodes.FileNameInvalid], _policy.Check(fileName: null, Pdf, 1).Faults.Select(fault => fault.Code));

    [Fact]
    public void A_decomposed_name_becomes_composed() => Assert.Equal("\u00E9.pdf", _policy.Check("e\u0301.pdf", Pdf, 1).SafeFileName);

    [Theory]
    [InlineData(255, true)]
    [InlineData(256, false)]
    [InlineData(100_000, false)]
    public void Names_are_measured_in_bytes(int bytes, bool accepted)
    {
        var verdict = _policy.Check(new string('a', bytes - 4) + ".pdf", Pdf, 1);

        Assert.Equal(accepted, verdict.Accepted);
        Assert.Equal(accepted ? [] : [UploadFaultCodes.FileNameTooLong], verdict.Faults.Select(fault => fault.Code));
    }

    [Fact]
    public void Letters_of_several_bytes_count_with_all_of_them()
    {
        Assert.True(_policy.Check(new string('ä', 125) + "a.pdf", Pdf, 1).Accepted);
        Assert.Equal(
            [UploadFaultCodes.FileNameTooLong],
            _policy.Check(new string('ä', 126) + ".pdf", Pdf, 1).Faults.Select(fault => fault.Code)
        );
    }

    [Theory]
    [InlineData("a.pdf", "image/png")]
    [InlineData("a.pdf.exe", Pdf)]
    [InlineData("apdf", Pdf)]
    [InlineData("a.pdf", "image/jpeg")]
    [InlineData("a.ｐｄｆ", Pdf)]
    public void The_ending_must_belong_to_the_type(string name, string type) =>
        Assert.Equal([UploadFaultCodes.ExtensionMismatch], _policy.Check(name, type, 1).Faults.Select(fault => fault.Code));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("pdf")]
    [InlineData("text/html")]
    [InlineData("image/svg+xml")]
    [InlineData("application/pdf\r\nX: y")]
    [InlineData("application/pdf, text/html")]
    [InlineData("application/")]
    public void Other_types_are_not_allowed(string? type) =>
        Assert.Equal([UploadFaultCodes.ContentTypeNotAllowed], _policy.Check("a.pdf", type, 1).Faults.Select(fault => fault.Code));

    [Theory]
    [InlineData(-1, UploadFaultCodes.FileEmpty)]
    [InlineData(0, UploadFaultCodes.FileEmpty)]
    [InlineData(1, null)]
    [InlineData(100L * 1024 * 1024, null)]
    [InlineData(100L * 1024 * 1024 + 1, UploadFaultCodes.FileTooLarge)]
    [InlineData(long.MaxValue, UploadFaultCodes.FileTooLarge)]
    public void The_size_has_two_edges(long length, string? code) =>
        Assert.Equal(code is null ? [] : [code], _policy.Check("a.pdf", Pdf, length).Faults.Select(fault => fault.Code));

    [Fact]
    public void Every_fault_is_told_at_once()
    {
        var verdict = _policy.Check("../a.pdf", "text/html", 0);

        Assert.Equal(
            [UploadFaultCodes.FileNameInvalid, UploadFaultCodes.ContentTypeNotAllowed, UploadFaultCodes.FileEmpty],
            verdict.Faults.Select(fault => fault.Code)
        );
        Assert.Equal(["fileName", "contentType", "fileSize"], verdict.Faults.Select(fault => fault.Field));
    }

    [Fact]
    public void Sentences_name_the_limit_and_never_what_was_sent()
    {
        var verdict = _policy.Check("<script>alert(1)</script>", "text/x-evil", long.MaxValue);

        Assert.All(verdict.Faults, fault => Assert.DoesNotContain("alert", fault.Message, StringComparison.Ordinal));
        Assert.All(verdict.Faults, fault => Assert.DoesNotContain("evil", fault.Message, StringComparison.Ordinal));
        Assert.Contains(verdict.Faults, fault => fault.Message.Contains("100 MiB", StringComparison.Ordinal));
        Assert.Contains(
            verdict.Faults,
            fault => fault.Message.Contains(".csv, .jpeg, .jpg, .pdf, .png, .tif, .tiff, .xlsx", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Later_changes_of_the_options_do_not_reach_the_policy()
    {
        var options = new UploadPolicyOptions();
        var policy = new UploadPolicy(options);
        options.AllowedTypes.Clear();
        options.MaxBytes = 1;

        Assert.True(policy.Check("a.pdf", Pdf, 1000).Accepted);
    }
}
