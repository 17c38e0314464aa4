using LedgerLift.Testing;

namespace LedgerLift.Auth.Tests;

public sealed class TokenMapTests
{
    private static readonly DateTimeOffset Expiry = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Knows_what_a_dictionary_would_know()
    {
        var random = new SeededRandom();
        var map = new TokenMap<NoSchedulePoints>(firstSize: 1);
        var model = new Dictionary<string, TokenNode>(StringComparer.Ordinal);
        for (var step = 0; step < 20_000; step++)
        {
            var id = $"jti-{random.Next(500)}";
            Assert.Equal(model.TryGetValue(id, out var expected), map.TryGet(id, out var found));
            Assert.Same(expected, found);
            if (expected is null)
            {
                model[id] = Node(id);
                map.Add(model[id]);
            }
            else if (random.Next(2) == 0)
            {
                model.Remove(id);
                map.Remove(expected);
            }
        }

        Assert.All(model, entry => Assert.True(map.TryGet(entry.Key, out var node) && node == entry.Value));
    }

    [Fact]
    public void A_text_of_the_same_characters_finds_the_entry()
    {
        var map = new TokenMap<NoSchedulePoints>();
        map.Add(Node("jti-1"));

        Assert.True(map.TryGet(string.Concat("jti", "-", 1.ToString(System.Globalization.CultureInfo.InvariantCulture)), out _));
        Assert.False(map.TryGet("jti-2", out _));
        Assert.False(map.TryGet(new string('j', 10_000), out _));
    }

    [Fact]
    public void Links_of_a_table_that_was_replaced_are_cleared()
    {
        var map = new TokenMap<NoSchedulePoints>(firstSize: 1);
        var nodes = Enumerable.Range(0, 32).Select(i => Node($"jti-{i}")).ToArray();
        foreach (var node in nodes)
            map.Add(node);

        // 64 places, an even power of two.
        Assert.All(nodes, node => Assert.Null(node.NextInChain(1)));
    }

    private static TokenNode Node(string id) =>
        new(new StoredToken(id, "ann", Expiry, Expiry), new UserTokens("ann"), family: null, addedAt: 1);
}
