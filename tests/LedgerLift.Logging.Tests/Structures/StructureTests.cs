using System.Collections;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;

namespace LedgerLift.Logging.Tests;

public sealed class StructureTests
{
    private static readonly PiiRedactor s_redactor = new();

    [Fact]
    public void Scalars_are_returned_as_they_are()
    {
        foreach (
            var value in new object[]
            {
                1,
                2L,
                3.5,
                true,
                'x',
                DateTimeOffset.UnixEpoch,
                Guid.Empty,
                TimeSpan.Zero,
                DayOfWeek.Monday,
                1.5m,
                IPAddress.Loopback,
                new Version(1, 2),
            }
        )
            Assert.Same(value, s_redactor.Redact(value));

        Assert.Null(s_redactor.Redact((object?)null));
        Assert.Equal("plain", s_redactor.Redact((object)"plain"));
    }

    [Fact]
    public void Texts_are_searched() => Assert.Equal("password=[REDACTED]", s_redactor.Redact((object)"password=hunter2"));

    [Fact]
    public void A_number_that_is_a_card_is_hidden()
    {
        Assert.Equal("[REDACTED]", s_redactor.Redact((object)4111111111111111L));
        Assert.Equal("[REDACTED]", s_redactor.Redact((object)4111111111111111UL));
        Assert.Equal(1700000000000L, s_redactor.Redact((object)1700000000000L));
        Assert.Equal(long.MinValue, s_redactor.Redact((object)long.MinValue));
    }

    [Fact]
    public void Dictionaries_lists_and_objects_become_plain_data_at_any_depth()
    {
        var value = new Dictionary<string, object?>
        {
            ["name"] = "ada",
            ["password"] = "hunter2",
            ["nested"] = new Dictionary<string, object?>
            {
                ["apiKey"] = 17,
                ["list"] = new List<object?> { new { Token = "x", Count = 2 }, "ada@example.org" },
            },
        };

        var result = Assert.IsType<Dictionary<string, object?>>(s_redactor.Redact(value));

        Assert.Equal(
            """{"name":"ada","password":"[REDACTED]","nested":{"apiKey":"[REDACTED]","list":[{"Token":"[REDACTED]","Count":2},"[REDACTED]"]}}""",
            JsonSerializer.Serialize(result)
        );
        Assert.IsType<List<object?>>(Assert.IsType<Dictionary<string, object?>>(result["nested"])["list"]);
    }

    [Fact]
    public void What_was_given_is_not_changed()
    {
        var inner = new List<object?> { "ada@example.org" };
        var value = new Dictionary<string, object?> { ["password"] = "hunter2", ["list"] = inner };

        s_redactor.Redact(value);

        Assert.Equal("hunter2", value["password"]);
        Assert.Equal(["ada@example.org"], inner);
    }

    [Fact]
    public void Nothing_under_a_sensitive_key_is_shown_whatever_it_is()
    {
        foreach (
            var secret in new object?[]
            {
                null,
                1234,
                true,
                "x",
                new byte[] { 1 },
                new[] { "a" },
                new { A = 1 },
                JsonSerializer.SerializeToElement(1),
                new Uri("http://x/"),
            }
        )
        {
            var result = Assert.IsType<Dictionary<string, object?>>(
                s_redactor.Redact(new Dictionary<string, object?> { ["password"] = secret })
            );
            Assert.Equal("[REDACTED]", result["password"]);
        }
    }

    public static TheoryData<object> Dictionaries =>
        [
            new Dictionary<string, string> { ["password"] = "hunter2" },
            new SortedList<string, string> { ["password"] = "hunter2" },
            new Hashtable { ["password"] = "hunter2" },
            ImmutableDictionary<string, string>.Empty.Add("password", "hunter2"),
            new Dictionary<string, string> { ["password"] = "hunter2" }.ToFrozenDictionary(),
            new ReadOnlyPairs(),
            new[] { KeyValuePair.Create("password", "hunter2") },
            new[] { KeyValuePair.Create("password", 17) },
            new { password = "hunter2" },
            new Account("ada", "hunter2"),
            new PlainFields { Password = "hunter2" },
            KeyValuePair.Create("password", "hunter2"),
        ];

    [Theory]
    [MemberData(nameof(Dictionaries))]
    public void Every_kind_of_dictionary_and_object_is_read_by_its_keys(object value)
    {
        var text = JsonSerializer.Serialize(s_redactor.Redact(value));

        Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal);
        Assert.DoesNotContain("17", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_pair_is_judged_by_its_key()
    {
        var result = Assert.IsType<Dictionary<string, object?>>(
            s_redactor.Redact(new List<object?> { KeyValuePair.Create("password", "hunter2") }.ToArray())
        );

        Assert.Equal("[REDACTED]", result["password"]);
    }

    [Fact]
    public void Bytes_are_counted_and_never_shown()
    {
        Assert.Equal("[bytes:3]", s_redactor.Redact((object)new byte[] { 1, 2, 3 }));
        Assert.Equal("[bytes:3]", s_redactor.Redact((object)new ReadOnlyMemory<byte>([1, 2, 3])));
        Assert.Equal("[bytes:2]", s_redactor.Redact(new List<byte> { 1, 2 }));
        Assert.Equal("[bytes]", s_redactor.Redact(Stream.Null));
    }

    [Fact]
    public void Characters_in_any_form_are_searched()
    {
        Assert.Equal("password=[REDACTED]", s_redactor.Redact(new StringBuilder("password=hunter2")));
        Assert.Equal("password=[REDACTED]", s_redactor.Redact((object)"password=hunter2".ToCharArray()));
        Assert.Equal("password=[REDACTED]", s_redactor.Redact((object)"password=hunter2".AsMemory()));
        Assert.Equal("https://[REDACTED]@example.org/", s_redactor.Redact(new Uri("https://ada:hunter2@example.org/")));
        Assert.IsType<Uri>(s_redactor.Redact(new Uri("https://example.org/")));
    }

    [Fact]
    public void Exceptions_are_searched() =>
        Assert.Contains(
            "password=[REDACTED]",
            Assert.IsType<string>(s_redactor.Redact(new InvalidOperationException("password=hunter2"))),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_cycle_ends()
    {
        var one = new Node { Name = "one" };
        one.Next = new Node { Name = "two", Next = one };

        Assert.Equal("""{"Name":"one","Next":{"Name":"two","Next":"[REDACTED]"}}""", JsonSerializer.Serialize(s_redactor.Redact(one)));
    }

    [Fact]
    public void What_refers_to_the_same_things_in_many_ways_stays_bounded()
    {
        var layer = new List<object?> { "leaf" };
        for (var depth = 0; depth < 12; depth++)
            layer = [.. Enumerable.Repeat<object?>(layer, 100)];

        var start = Stopwatch.GetTimestamp();
        var text = JsonSerializer.Serialize(s_redactor.Redact(layer));

        Assert.True(text.Length < 1_000_000, $"{text.Length}");
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void A_depth_of_ten_thousand_ends_at_the_limit()
    {
        object? value = "hunter2";
        for (var depth = 0; depth < 10_000; depth++)
            value = depth % 2 == 0 ? new List<object?> { value } : new Dictionary<string, object?> { ["a"] = value };

        var text = JsonSerializer.Serialize(s_redactor.Redact(value));

        Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal);
        Assert.Contains("[REDACTED]", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_endless_sequence_ends_at_the_limit()
    {
        var result = Assert.IsType<List<object?>>(s_redactor.Redact(Endless()));

        Assert.Equal(101, result.Count);
        Assert.Equal("[TRUNCATED:1 items]", result[^1]);

        static IEnumerable<int> Endless()
        {
            var i = 0;
            while (i >= 0)
                yield return i++ % 1000;
        }
    }

    [Fact]
    public void Wide_lists_and_objects_are_cut_and_say_so()
    {
        var list = Assert.IsType<List<object?>>(s_redactor.Redact(Enumerable.Range(0, 250).ToList()));
        var dictionary = Assert.IsType<Dictionary<string, object?>>(
            s_redactor.Redact(Enumerable.Range(0, 250).ToDictionary(static i => $"k{i}", static i => i))
        );

        Assert.Equal("[TRUNCATED:150 items]", list[^1]);
        Assert.Equal("[TRUNCATED:150 items]", dictionary["[TRUNCATED]"]);
    }

    [Fact]
    public void Strangers_code_that_throws_hides_its_value_only()
    {
        var result = Assert.IsType<Dictionary<string, object?>>(s_redactor.Redact(new Throwing()));

        Assert.Equal("[UNREADABLE]", result["Broken"]);
        Assert.Equal("fine", result["Name"]);
        Assert.Equal(new object?[] { 1, "[UNREADABLE]" }, Assert.IsType<List<object?>>(s_redactor.Redact(ThrowingItems())));

        static IEnumerable<int> ThrowingItems()
        {
            yield return 1;
            throw new InvalidOperationException("password=hunter2");
        }
    }

    [Fact]
    public void Keys_are_data_too()
    {
        var result = Assert.IsType<Dictionary<string, object?>>(
            s_redactor.Redact(
                new Dictionary<object, object?>
                {
                    ["ada@example.org"] = 1,
                    ["bob@example.org"] = 2,
                    [17] = 3,
                    [new string('k', 5000)] = 4,
                }
            )
        );

        Assert.Equal(1, result["[REDACTED]"]);
        Assert.Equal(2, result["[REDACTED]#2"]);
        Assert.Equal(3, result["17"]);
        Assert.All(result.Keys, static key => Assert.True(key.Length <= 300));
    }

    [Fact]
    public void Tuples_are_lists() =>
        Assert.Equal(new object?[] { 1, "[REDACTED]" }, Assert.IsType<List<object?>>(s_redactor.Redact((1, "ada@example.org"))));

    [Fact]
    public void The_frameworks_own_objects_are_shown_by_their_text()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://example.org/?access_token=abc");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer abc123def456ghi");

        var text = Assert.IsType<string>(s_redactor.Redact(request));

        Assert.DoesNotContain("abc", text, StringComparison.Ordinal);
        Assert.Contains("https://example.org/", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_task_is_never_waited_for()
    {
        var never = new TaskCompletionSource<string>();

        var redacted = s_redactor.Redact((object)never.Task);

        Assert.True(ReferenceEquals(never.Task, redacted));
    }

    private sealed record Account(string Name, string Password);

    private sealed class Node
    {
        public string? Name { get; init; }

        public Node? Next { get; set; }
    }

    private sealed class PlainFields
    {
        public string? Password;
    }

    private sealed class Throwing
    {
        [System.Diagnostics.CodeAnalysis.SuppressMessage("Major Code Smell", "S1144", Justification = "Read by reflection.")]
        public string Broken => throw new InvalidOperationException("hunter2");

        public string Name { get; } = "fine";
    }

    private sealed class ReadOnlyPairs : IReadOnlyDictionary<string, string>
    {
        public IEnumerable<string> Keys => ["password"];

        public IEnumerable<string> Values => ["hunter2"];

        public int Count => 1;

        public string this[string key] => "hunter2";

        public bool ContainsKey(string key) => true;

        public bool TryGetValue(string key, out string value)
        {
            value = "hunter2";
            return true;
        }

        public IEnumerator<KeyValuePair<string, string>> GetEnumerator()
        {
            yield return KeyValuePair.Create("password", "hunter2");
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
