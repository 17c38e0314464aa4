namespace UploadHost.Browser.Tests;

public sealed class ValidationTests(ModuleFixture modules) : IClassFixture<ModuleFixture>
{
    [Theory]
    [InlineData("report.pdf", "application/pdf", 1, "")]
    [InlineData("Übersicht Q3.PDF", "application/pdf", 1, "")]
    [InlineData("rows.csv", "", 10, "")]
    [InlineData("rows.csv", "application/vnd.ms-excel", 10, "")]
    [InlineData("report.pdf", "application/pdf", 104_857_600, "")]
    [InlineData("report.pdf", "application/pdf", 104_857_601, "file_too_large")]
    [InlineData("report.pdf", "application/pdf", 0, "file_empty")]
    [InlineData("run.exe", "application/x-msdownload", 5, "content_type_not_allowed")]
    [InlineData("noextension", "", 5, "content_type_not_allowed")]
    [InlineData("report.pdf.exe", "application/pdf", 5, "extension_mismatch")]
    [InlineData("picture.png", "application/pdf", 5, "extension_mismatch")]
    [InlineData("../etc/passwd.pdf", "application/pdf", 5, "file_name_invalid")]
    [InlineData("a\u202efdp.pdf", "application/pdf", 5, "file_name_invalid")]
    [InlineData("a\u0000.pdf", "application/pdf", 5, "file_name_invalid")]
    public async Task Says_before_sending_what_the_host_would_say(string name, string type, long size, string code)
    {
        var codes = await modules.RunAsync<string>(
            "const { validate, defaultLimits } = await import('/js/upload/validation.js'); return validate(input, defaultLimits).faults.map((fault) => fault.code).join();",
            new
            {
                name,
                type,
                size,
            }
        );

        Assert.Equal(code, codes);
    }

    [Theory]
    [InlineData(251, "")]
    [InlineData(252, "file_name_too_long")]
    public async Task Counts_the_bytes_of_a_name_and_not_its_letters(int letters, string code)
    {
        var codes = await modules.RunAsync<string>(
            "const { validate, defaultLimits } = await import('/js/upload/validation.js'); return validate({ name: input, type: '', size: 1 }, defaultLimits).faults.map((fault) => fault.code).join();",
            // One letter of two bytes among the others.
            "é" + new string('a', letters - 2) + ".pdf"
        );

        Assert.Equal(code, codes);
    }

    [Theory]
    [InlineData("%PDF-1.7", "application/pdf", true)]
    [InlineData("MZ not a document", "application/pdf", false)]
    [InlineData("a;b;c", "text/csv", true)]
    [InlineData("a\0b", "text/csv", false)]
    [InlineData("PK\u0003\u0004", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", true)]
    [InlineData("<html>", "image/png", false)]
    public async Task Looks_at_how_the_content_begins(string content, string type, bool good)
    {
        var faults = await modules.RunAsync<int>(
            "const { contentFaults } = await import('/js/upload/content.js'); return (await contentFaults(new Blob([input.content]), input.type)).length;",
            new { content, type }
        );

        Assert.Equal(good, faults == 0);
    }
}
