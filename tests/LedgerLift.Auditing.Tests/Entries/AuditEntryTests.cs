using System.Text;

namespace LedgerLift.Auditing.Tests;

public sealed class AuditEntryTests
{
    private static readonly Guid s_id = new("01890a5d-ac96-774b-bcce-b302099a8057");
    private static readonly DateTimeOffset s_time = new(2030, 6, 15, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Json_and_canonical_form_are_those_of_the_golden_files()
    {
        Assert.Equal(Golden.Text("entry-v1.json"), AuditEntries.Full.ToJson());
        Assert.Equal(Golden.Text("entry-canonical-v1.json"), Encoding.UTF8.GetString(AuditEntries.Full.ToCanonicalJson()));
        Assert.Equal(Golden.Text("entry-bare-v1.json"), AuditEntries.Bare.ToJson());
        Assert.Equal(AuditEntries.Full, AuditEntry.FromJson(Golden.Text("entry-v1.json")));
        Assert.Equal(AuditEntries.Full, AuditEntry.FromJson(Golden.Text("entry-canonical-v1.json")));
        Assert.Equal(AuditEntries.Bare, AuditEntry.FromJson(Golden.Text("entry-bare-v1.json")));
    }

    [Fact]
    public void A_time_is_turned_into_utc_and_cut_to_microseconds()
    {
        var entry = new AuditEntry(s_id, s_time.AddTicks(19).ToOffset(TimeSpan.FromHours(-3.5)), "a", "b", "c");

        Assert.Equal(s_time.AddTicks(10), entry.Timestamp);
        Assert.Equal(TimeSpan.Zero, entry.Timestamp.Offset);
    }

    [Fact]
    public void Null_details_are_not_missing_details()
    {
        var missing = new AuditEntry(s_id, s_time, "a", "b", "c");
        var nothing = missing with { Details = Json.Parse("null") };

        Assert.NotEqual(missing, nothing);
        Assert.Null(missing.CanonicalDetails);
        Assert.Equal("null"u8.ToArray(), nothing.CanonicalDetails?.ToArray());
        Assert.Null(AuditEntry.FromJson(missing.ToJson()).Details);
        Assert.Equal(nothing, AuditEntry.FromJson(nothing.ToJson()));
        Assert.NotEqual(nothing with { Details = Json.Parse("{}") }, nothing with { Details = Json.Parse("""{"a":null}""") });
    }

    [Fact]
    public void Details_outlive_the_document_they_came_from()
    {
        AuditEntry entry;
        using (var document = System.Text.Json.JsonDocument.Parse("""{"a":[1]}"""))
            entry = new AuditEntry(s_id, s_time, "a", "b", "c") { Details = document.RootElement };

        Assert.Equal("""{"a":[1]}""", entry.Details?.GetRawText());
    }

    [Fact]
    public void Details_are_equal_by_value_and_keep_their_spelling()
    {
        var one = new AuditEntry(s_id, s_time, "a", "b", "c") { Details = Json.Parse("""{"a":1.0,"b":-0.0}""") };
        var other = one with { Details = Json.Parse("""{"b":0,"a":1}""") };

        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.Equal("""{"a":1.0,"b":-0.0}""", AuditEntry.FromJson(one.ToJson()).Details?.GetRawText());
    }

    [Theory]
    [InlineData("action", null)]
    [InlineData("action", "")]
    [InlineData("action", " \t")]
    [InlineData("action", "a\0b")]
    [InlineData("resourceType", "")]
    [InlineData("result", "\0")]
    public void A_bad_text_is_refused_by_name(string name, string? value)
    {
        var refused = Assert.Throws<ArgumentException>(() =>
            new AuditEntry(
                s_id,
                s_time,
                name == "action" ? value! : "a",
                name == "resourceType" ? value! : "b",
                name == "result" ? value! : "c"
            )
        );

        Assert.Equal(name, refused.ParamName);
    }

    [Theory]
    [InlineData(0xd800)]
    [InlineData(0xdbff)]
    [InlineData(0xdc00)]
    [InlineData(0xdfff)]
    public void Half_a_surrogate_pair_is_refused_in_every_text(int half)
    {
        var text = $"a{(char)half}b";

        Assert.Equal("action", Assert.Throws<ArgumentException>(() => new AuditEntry(s_id, s_time, text, "b", "c")).ParamName);
        Assert.Equal("resourceType", Assert.Throws<ArgumentException>(() => new AuditEntry(s_id, s_time, "a", text, "c")).ParamName);
        Assert.Equal("result", Assert.Throws<ArgumentException>(() => new AuditEntry(s_id, s_time, "a", "b", text)).ParamName);
        Assert.Equal("userAgent", Assert.Throws<ArgumentException>(() => AuditEntries.Bare with { UserAgent = text }).ParamName);
    }

    [Fact]
    public void An_empty_id_and_a_time_that_was_not_set_are_refused()
    {
        Assert.Equal("id", Assert.Throws<ArgumentException>(() => new AuditEntry(Guid.Empty, s_time, "a", "b", "c")).ParamName);
        Assert.Equal("timestamp", Assert.Throws<ArgumentException>(() => new AuditEntry(s_id, default, "a", "b", "c")).ParamName);
    }

    [Theory]
    [InlineData("resourceId", 1024)]
    [InlineData("userId", 1024)]
    [InlineData("requestId", 1024)]
    [InlineData("ipAddress", 256)]
    [InlineData("traceId", 256)]
    [InlineData("userAgent", 8192)]
    public void A_text_may_have_so_many_bytes_and_no_more(string name, int most)
    {
        // Two bytes a character, so that bytes and characters differ.
        var longest = new string('é', most / 2);

        Assert.Equal(longest, ValueOf(With(name, longest), name));
        Assert.Equal(name, Assert.Throws<ArgumentException>(() => With(name, longest + "x")).ParamName);
        Assert.Equal(name, Assert.Throws<ArgumentException>(() => With(name, "a\0")).ParamName);
        Assert.Equal(name, Assert.Throws<ArgumentException>(() => With(name, "\ud83d")).ParamName);
    }

    [Fact]
    public void A_name_may_have_256_bytes_and_no_more()
    {
        var longest = new string('€', 85) + "x";

        Assert.Equal(longest, new AuditEntry(s_id, s_time, longest, longest, longest).Result);
        Assert.Throws<ArgumentException>(() => new AuditEntry(s_id, s_time, longest + "x", "b", "c"));
    }

    [Theory]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"a":"\ud800"}""")]
    public void Details_that_are_no_i_json_are_refused(string details) =>
        Assert.Equal("details", Assert.Throws<ArgumentException>(() => AuditEntries.Bare with { Details = Json.Parse(details) }).ParamName);

    [Fact]
    public void Undefined_details_and_details_that_are_too_deep_are_refused()
    {
        var deepest = Json.Parse(Contract.JsonTexts.Nested(AuditEntry.MaxDetailsDepth));
        var deeper = Json.Parse(Contract.JsonTexts.Nested(AuditEntry.MaxDetailsDepth + 1));

        var entry = AuditEntries.Bare with { Details = deepest };
        Assert.Equal(entry, AuditEntry.FromJson(entry.ToJson()));
        Assert.Equal("details", Assert.Throws<ArgumentException>(() => entry with { Details = deeper }).ParamName);
        Assert.Equal(
            "details",
            Assert.Throws<ArgumentException>(() => entry with { Details = default(System.Text.Json.JsonElement) }).ParamName
        );
    }

    [Fact]
    public void The_text_for_logs_names_no_person()
    {
        var text = AuditEntries.Full.ToString();

        Assert.Equal("01890a5d-ac96-774b-bcce-b302099a8057 2030-06-15T12:30:00.123456Z document.upload document success", text);
    }

    private static AuditEntry With(string name, string value) =>
        name switch
        {
            "resourceId" => AuditEntries.Bare with { ResourceId = value },
            "userId" => AuditEntries.Bare with { UserId = value },
            "requestId" => AuditEntries.Bare with { RequestId = value },
            "ipAddress" => AuditEntries.Bare with { IpAddress = value },
            "traceId" => AuditEntries.Bare with { TraceId = value },
            _ => AuditEntries.Bare with { UserAgent = value },
        };

    private static string? ValueOf(AuditEntry entry, string name) => Json.Parse(entry.ToJson()).GetProperty(name).GetString();
}
