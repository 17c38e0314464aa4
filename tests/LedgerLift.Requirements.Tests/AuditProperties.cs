using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using LedgerLift.Auditing;
using LedgerLift.Testing;

namespace LedgerLift.Requirements.Tests;

public sealed class AuditProperties
{
    private static readonly DateTimeOffset Start = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly string[] Names = ["alice", "bob", "carol"];

    [Fact, Trait("Property", "8")]
    public void An_entry_with_nested_details_comes_back_equal_from_its_json() =>
        Prop.ForAll(
                Cases.Of(Cases.Id),
                Cases.Of(Gen.Choose(0, 6)),
                Cases.Of(Gen.Choose(0, int.MaxValue)),
                (text, depth, seed) =>
                {
                    var entry = new AuditEntry(Guid.NewGuid(), Start.AddTicks(seed / 10 * 10), "read", "document", "success")
                    {
                        UserId = text,
                        Details = Details(text, depth),
                    };
                    var back = AuditEntry.FromJson(entry.ToJson());
                    Assert.Equal(entry, back);
                    Assert.Equal(entry.ToJson(), back.ToJson());
                }
            )
            .Check(Cases.Config);

    [Fact, Trait("Property", "9")]
    public void Every_logged_entry_is_in_UTC() =>
        Prop.ForAll(
                Cases.Of(Gen.Choose(-1_000_000, 1_000_000)),
                seconds =>
                {
                    var logger = new InMemoryAuditLogger(timeProvider: new ManualTimeProvider(Start.AddSeconds(seconds)));
                    var entry = logger.LogActionAsync(new AuditAction("read", "document")).AsTask().GetAwaiter().GetResult();
                    Assert.Equal(TimeSpan.Zero, entry.Timestamp.Offset);
                    Assert.Equal(Start.AddSeconds(seconds), entry.Timestamp);
                }
            )
            .Check(Cases.Config);

    [Fact, Trait("Property", "10")]
    public void A_query_gives_what_matches_every_filter_newest_first() =>
        Prop.ForAll(
                Cases.Of(
                    Gen.NonEmptyListOf(
                        Gen.Elements(Names).SelectMany(user => Gen.Elements("read", "write").Select(action => (user, action)))
                    )
                ),
                Cases.Of(
                    Gen.Elements<string?>(null, "alice", "bob", "nobody")
                        .SelectMany(user => Gen.Elements<string?>(null, "read").Select(action => (user, action)))
                ),
                Cases.Of(Gen.Choose(0, 20)),
                (made, filter, from) =>
                {
                    var time = new ManualTimeProvider(Start);
                    var logger = new InMemoryAuditLogger(timeProvider: time);
                    var all = new List<AuditEntry>();
                    foreach (var (user, action) in made)
                    {
                        all.Add(
                            logger.LogActionAsync(new AuditAction(action, "document") { UserId = user }).AsTask().GetAwaiter().GetResult()
                        );
                        time.Advance(TimeSpan.FromSeconds(1));
                    }

                    var filters = new AuditFilters
                    {
                        UserId = filter.user,
                        Action = filter.action,
                        From = Start.AddSeconds(from),
                        Limit = 1000,
                    };
                    var expected = all.Where(entry => (filter.user ?? entry.UserId) == entry.UserId)
                        .Where(entry => (filter.action ?? entry.Action) == entry.Action)
                        .Where(entry => entry.Timestamp >= Start.AddSeconds(from))
                        .OrderByDescending(entry => entry.Timestamp)
                        .Select(entry => entry.Id);
                    var found = logger.QueryAsync(filters).AsTask().GetAwaiter().GetResult();
                    Assert.Equal(expected, found.Entries.Select(entry => entry.Id));
                }
            )
            .Check(Cases.Config);

    private static JsonElement Details(string text, int depth)
    {
        JsonNode node = JsonValue.Create(text);
        for (var level = 0; level < depth; level++)
            node = new JsonObject { [$"k{level}"] = new JsonArray(node, null, level, -0.5, text) };
        return JsonSerializer.SerializeToElement(new JsonObject { ["root"] = node });
    }
}
