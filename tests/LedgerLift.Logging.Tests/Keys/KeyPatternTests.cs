namespace LedgerLift.Logging.Tests;

public sealed class KeyPatternTests
{
    [Theory]
    [InlineData("badge", "employee_badgeNo", true)]
    [InlineData("badge", "BADGE", true)]
    [InlineData("Badge-No", "employeeBadgeNo", true)]
    [InlineData("badge", "employee", false)]
    [InlineData("segment:vat", "vatNumber", true)]
    [InlineData("segment:vat", "private", false)]
    [InlineData("segment:staff number", "the_staff_number_here", true)]
    [InlineData("segment:staff number", "staff_or_number", false)]
    [InlineData("exact:shoe size", "shoeSize", true)]
    [InlineData("exact:shoe size", "myShoeSize", false)]
    [InlineData("contains:oesi", "shoeSize", true)]
    [InlineData("regex:^emp[0-9]+$", "emp17", true)]
    [InlineData("regex:^emp[0-9]+$", "EMP17", true)]
    [InlineData("regex:^emp[0-9]+$", "temp17", false)]
    [InlineData("emp*", "employee", true)]
    [InlineData("path:emp*ee", "employee", true)]
    [InlineData("path:emp*ee", "employer", false)]
    [InlineData("*", "anything", true)]
    public void Each_kind_compares_in_its_way(string pattern, string key, bool expected)
    {
        var redactor = new PiiRedactor(new PiiRedactionOptions { AdditionalKeyPatterns = { pattern } });

        Assert.Equal(expected, redactor.IsSensitiveKey(key));
    }

    [Theory]
    [InlineData("office.door", "office", "door", true)]
    [InlineData("office.door", "home", "door", false)]
    [InlineData("Office.Door", "OFFICE", "door", true)]
    [InlineData("office.*", "office", "lamp", true)]
    [InlineData("**.door", "anything", "door", true)]
    [InlineData("building.**.door", "office", "door", true)]
    [InlineData("building.**", "office", "lamp", true)]
    [InlineData("tower.**", "office", "lamp", false)]
    public void A_path_looks_at_the_keys_around(string pattern, string parent, string key, bool hidden)
    {
        var redactor = new PiiRedactor(new PiiRedactionOptions { AdditionalKeyPatterns = { pattern } });
        var value = new Dictionary<string, object?>
        {
            ["building"] = new List<object?>
            {
                new Dictionary<string, object?> { [parent] = new Dictionary<string, object?> { [key] = "open" } },
            },
        };

        var text = System.Text.Json.JsonSerializer.Serialize(redactor.Redact(value));

        Assert.Equal(hidden, !text.Contains("open", StringComparison.Ordinal));
    }

    [Fact]
    public void A_path_also_divides_dotted_keys()
    {
        var redactor = new PiiRedactor(new PiiRedactionOptions { AdditionalKeyPatterns = { "request.header.x-shoe" } });

        Assert.True(redactor.IsSensitiveKey("http.request.header.x-shoe"));
        Assert.False(redactor.IsSensitiveKey("http.response.header.x-shoe"));
    }

    [Theory]
    [InlineData("password", "password", false)]
    [InlineData("apiKey", "api_key", false)]
    [InlineData("apiKey", "other_api_key", true)]
    [InlineData("contains:apiKey", "other_api_key", false)]
    [InlineData("debug.*", "token", true)]
    public void The_hosts_allow_list_goes_before_every_rule(string allowed, string key, bool sensitive)
    {
        var redactor = new PiiRedactor(new PiiRedactionOptions { AllowedKeys = { allowed }, AdditionalKeyPatterns = { "api" } });

        Assert.Equal(sensitive, redactor.IsSensitiveKey(key));
    }

    [Fact]
    public void A_pathological_regular_expression_takes_linear_time()
    {
        var redactor = new PiiRedactor(new PiiRedactionOptions { AdditionalKeyPatterns = { "regex:^(a+)+$" } });

        Assert.False(redactor.IsSensitiveKey(new string('a', 200) + "!"));
    }
}
