using System.Text;

namespace LedgerLift.Storage.Contract;

public abstract partial class ObjectStoreContract
{
    [Fact]
    public async Task Listing_gives_every_object_of_a_prefix_in_the_order_of_the_keys_bytes()
    {
        await using var store = await CreateAsync();
        string[] names = ["b", "a", "a/b", "a-b", "A", "aa", "ä", "\uFF21", "🙂", "z", "a b", "~"];
        foreach (var name in names)
            await PutAsync(store, Key($"list/{name}"), Bytes.Of(name.Length));
        await PutAsync(store, Key("listing"), Bytes.Of(1));

        var found = await ListAsync(store, Prefix("list/"));

        var expected = names
            .Select(name => Key($"list/{name}").Value)
            .OrderBy(key => Convert.ToHexString(Encoding.UTF8.GetBytes(key)), StringComparer.Ordinal);
        Assert.Equal(expected, found.Select(item => item.Key.Value));
        Assert.All(found, item => Assert.True(item.Length > 0));
        Assert.All(found, item => Assert.NotNull(item.ETag));
        Assert.Equal(5, (await ListAsync(store, Prefix("list/a"))).Count);
    }

    [Fact]
    public async Task Listing_nothing_gives_nothing()
    {
        await using var store = await CreateAsync();

        Assert.Empty(await ListAsync(store, Prefix("nothing")));
    }

    [Fact]
    public async Task Listing_goes_on_over_pages()
    {
        await using var store = await CreateAsync();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, ListedObjects),
            new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Cancellation },
            async (number, _) => await PutAsync(store, Key($"paged/{number:D5}"), Bytes.Of(1, seed: number))
        );

        var found = await ListAsync(store, Prefix("paged/"));

        Assert.Equal(Enumerable.Range(0, ListedObjects).Select(number => Key($"paged/{number:D5}")), found.Select(item => item.Key));
    }
}
