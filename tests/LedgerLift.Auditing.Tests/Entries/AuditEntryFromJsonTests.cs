namespace LedgerLift.Auditing.Tests;

public sealed class AuditEntryFromJsonTests
{
    private const string Valid =
        """{"id":"01890a5d-ac96-774b-bcce-b302099a8057","timestamp":"2030-06-15T12:00:00Z","action":"a","resourceType":"b","result":"c"}""";

    [Theory]
    [InlineData("id")]
    [InlineData("timestamp")]
    [InlineData("action")]
    [InlineData("resourceType")]
    [InlineData("result")]
    public void A_missing_field_is_named(string field)
    {
        var members = Json.Parse(Valid).EnumerateObject().Where(member => member.Name != field);
        var json = $"{{{string.Join(',', members.Select(member => member.ToString()))}}}";

        AssertNamed(field, json);
        AssertNamed(field, Valid.Replace($"\"{field}\":", $"\"{field}\":null,\"x\":", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("id", "\"x\"")]
    [InlineData("id", "\"{01890a5d-ac96-774b-bcce-b302099a8057}\"")]
    [InlineData("id", "\"00000000-0000-0000-0000-000000000000\"")]
    [InlineData("timestamp", "\"2030-06-15T12:00:00\"")]
    [InlineData("timestamp", "\"2030-06-15\"")]
    [InlineData("timestamp", "\"15.06.2030 12:00Z\"")]
    [InlineData("timestamp", "1907755200")]
    [InlineData("action", "1")]
    [InlineData("action", "\" \"")]
    [InlineData("action", "{}")]
    [InlineData("resourceType", "\"\\ud800\"")]
    [InlineData("result", "\"\\u0000\"")]
    [InlineData("resourceId", "1")]
    [InlineData("userId", "[]")]
    [InlineData("ipAddress", "true")]
    [InlineData("userAgent", "{}")]
    [InlineData("requestId", "0.5")]
    [InlineData("traceId", "\"\\udfff\"")]
    [InlineData("details", "{\"a\":1,\"a\":1}")]
    public void A_bad_field_is_named(string field, string value)
    {
        var members = Json.Parse(Valid).EnumerateObject().Where(member => member.Name != field).Select(member => member.ToString());

        AssertNamed(field, $"{{{string.Join(',', members.Append($"\"{field}\":{value}"))}}}");
    }

    [Theory]
    [InlineData("action")]
    [InlineData("details")]
    public void A_field_that_stands_there_twice_is_named(string field) =>
        AssertNamed(field, Valid.Insert(1, $"\"{field}\":\"x\",\"{field}\":\"x\","));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{} x")]
    [InlineData("\ud800")]
    public void What_is_no_object_is_refused(string json) =>
        Assert.Equal("json", Assert.Throws<ArgumentException>(() => AuditEntry.FromJson(json)).ParamName);

    [Fact]
    public void A_message_quotes_nothing_of_the_text()
    {
        var refused = Assert.Throws<ArgumentException>(() => AuditEntry.FromJson("""{"userId":"secret" secret"""));

        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2030-06-15T14:00:00+02:00")]
    [InlineData("2030-06-15T08:30:00.000000-03:30")]
    [InlineData("2030-06-15T12:00:00.0000009Z")]
    public void Any_offset_and_any_number_of_digits_are_read(string time)
    {
        var entry = AuditEntry.FromJson(Valid.Replace("2030-06-15T12:00:00Z", time, StringComparison.Ordinal));

        Assert.Equal(new DateTimeOffset(2030, 6, 15, 12, 0, 0, TimeSpan.Zero), entry.Timestamp);
    }

    [Fact]
    public void Unknown_fields_are_skipped_and_null_is_left_out()
    {
        var entry = AuditEntry.FromJson(Valid.Insert(1, "\"userId\":null,\"version\":{\"a\":1},"));

        Assert.Equal(AuditEntry.FromJson(Valid), entry);
    }

    private static void AssertNamed(string field, string json)
    {
        var refused = Assert.Throws<ArgumentException>(() => AuditEntry.FromJson(json));

        Assert.Equal(field, refused.ParamName);
        Assert.Contains(field, refused.Message, StringComparison.Ordinal);
    }
}
