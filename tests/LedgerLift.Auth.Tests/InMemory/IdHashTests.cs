namespace LedgerLift.Auth.Tests;

public sealed class IdHashTests
{
    [Fact]
    public void Equal_texts_have_one_hash()
    {
        foreach (var length in Enumerable.Range(0, StoredToken.MaxIdBytes + 10))
            Assert.Equal(IdHash.Of(new string('x', length)), IdHash.Of(new string('x', length)));
    }

    // Every character and the length count, or one of these would share its hash with the whole: by chance, one run in ten million does.
    [Fact]
    public void Every_character_and_the_length_count()
    {
        foreach (var length in new[] { 1, 2, 3, 4, 5, 16, 17, 255, StoredToken.MaxIdBytes })
        {
            var text = new string('\0', length);
            Assert.NotEqual(IdHash.Of(text), IdHash.Of(text[1..]));
            for (var i = 0; i < length; i++)
                Assert.NotEqual(IdHash.Of(text), IdHash.Of($"{text[..i]}a{text[(i + 1)..]}"));
        }
    }

    [Fact]
    public void Characters_that_change_places_make_another_hash()
    {
        Assert.NotEqual(IdHash.Of("ab"), IdHash.Of("ba"));
        Assert.NotEqual(IdHash.Of("abcd"), IdHash.Of("cdab"));
        Assert.NotEqual(IdHash.Of("abcdefgh"), IdHash.Of("efghabcd"));
    }

    // By chance about 70 000 places would be taken. Counted ids are no chance: with the secret, the number varies by a good thousand.
    [Fact]
    public void Counted_ids_spread_over_the_places_as_if_by_chance()
    {
        var places = new HashSet<int>();
        for (var i = 0; i < 100_000; i++)
            places.Add(IdHash.Of($"jti-{i:x8}") & 0x1FFFF);

        Assert.InRange(places.Count, 60_000, 80_000);
    }
}
