using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace LedgerLift.Logging.Tests;

public sealed class JsonTests
{
    private static readonly PiiRedactor s_redactor = new();

    [Fact]
    public void An_element_is_redacted_by_its_keys_and_values()
    {
        var element = Parse(
            """{"user":{"email":"ada@example.org","n":12.50},"note":"to bob@example.org","list":[{"accessToken":"x"},null,true],"card":4111111111111111}"""
        );

        Assert.Equal(
            """{"user":{"email":"[REDACTED]","n":12.50},"note":"to [REDACTED]","list":[{"accessToken":"[REDACTED]"},null,true],"card":"[REDACTED]"}""",
            s_redactor.Redact(element).GetRawText()
        );
    }

    [Fact]
    public void An_element_without_anything_to_hide_is_equal()
    {
        var element = Parse("""{"a":[1,2.0,1e5,"x"],"b":{"c":null}}""");

        Assert.True(JsonElement.DeepEquals(element, s_redactor.Redact(element)));
        Assert.Equal(JsonValueKind.Undefined, s_redactor.Redact(default(JsonElement)).ValueKind);
    }

    [Fact]
    public void Numbers_keep_their_digits() =>
        Assert.Equal(
            """{"token":"[REDACTED]","n":12345678901234567890.123456789012345678901}""",
            s_redactor.Redact(Parse("""{"token":1,"n":12345678901234567890.123456789012345678901}""")).GetRawText()
        );

    [Fact]
    public void Nodes_and_documents_are_read_too()
    {
        using var document = JsonDocument.Parse("""{"password":"hunter2"}""");

        Assert.DoesNotContain("hunter2", $"{s_redactor.Redact((object)document)}", StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", $"{s_redactor.Redact(JsonNode.Parse("""{"password":"hunter2"}"""))}", StringComparison.Ordinal);
    }

    [Fact]
    public void A_disposed_document_is_unreadable_and_no_exception()
    {
        var document = JsonDocument.Parse("""{"password":"hunter2"}""");
        document.Dispose();

        Assert.Equal("[UNREADABLE]", s_redactor.Redact((object)document));
    }

    [Fact]
    public void A_depth_of_ten_thousand_ends_at_the_limit()
    {
        var json = new StringBuilder().Insert(0, "{\"a\":", 10_000).Append("\"hunter2\"").Append('}', 10_000).ToString();
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 20_000 });

        var redacted = s_redactor.Redact(document.RootElement).GetRawText();

        Assert.DoesNotContain("hunter2", redacted, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", s_redactor.RedactText(json), StringComparison.Ordinal);
    }

    [Fact]
    public void Wide_arrays_and_objects_are_cut()
    {
        var array = s_redactor.Redact(JsonSerializer.SerializeToElement(Enumerable.Range(0, 250)));
        var members = s_redactor.Redact(
            JsonSerializer.SerializeToElement(Enumerable.Range(0, 250).ToDictionary(static i => $"k{i}", static i => i))
        );

        Assert.Equal(101, array.GetArrayLength());
        Assert.Equal("[TRUNCATED:150 items]", members.GetProperty("[TRUNCATED]").GetString());
    }

    [Fact]
    public void Half_a_surrogate_pair_is_no_exception()
    {
        var element = Parse("""{"password":"\ud800","x":"\udc00 hunter"}""");

        Assert.DoesNotContain("d800", s_redactor.Redact(element).GetRawText(), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Property 13 of the requirement documents: every value under a key that matches, at any depth, is replaced.</summary>
    [Fact]
    public void Every_value_under_a_sensitive_key_at_any_depth_is_replaced()
    {
        var keys = Gen.Elements("password", "api_key", "userEmail", "creditCardNumber", "x-auth-token", "clientSecret");
        var harmless = Gen.Elements("name", "count", "items", "meta", "payload");
        var trees = Gen.Sized(size => Tree(keys, harmless, Math.Min(size, 5)));

        Prop.ForAll(
                trees.ToArbitrary(),
                static tree => !JsonSerializer.Serialize(s_redactor.Redact(tree)).Contains("canary", StringComparison.Ordinal)
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    private static Gen<Dictionary<string, object?>> Tree(Gen<string> keys, Gen<string> harmless, int size)
    {
        var secret = Gen.Elements<object?>("canary-text", new List<object?> { "canary-item" }, new { Inner = "canary-member" });
        var leaf = Gen.Elements<object?>("plain", 17, null, true);
        var inner = size <= 1 ? leaf : Gen.OneOf(leaf, Tree(keys, harmless, size - 1).Select(static object? (tree) => tree));
        return keys.SelectMany(_ => secret, static (key, value) => (key, value))
            .SelectMany(
                _ => harmless.SelectMany(_ => inner, static (key, value) => (key, value)).ListOf(),
                static (hidden, shown) => Join(hidden, shown)
            );

        static Dictionary<string, object?> Join((string key, object? value) hidden, IEnumerable<(string key, object? value)> shown)
        {
            var tree = new Dictionary<string, object?> { [hidden.key] = hidden.value };
            foreach (var (key, value) in shown)
                tree[key] = value;

            return tree;
        }
    }

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
