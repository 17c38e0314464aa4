namespace LedgerLift.Auth.Tests;

/// <summary>
/// A map that is read while it grows and shrinks: every order of the steps of a writer and a reader, with at most three changes of thread that are not forced.
/// The ids are chosen so that they stand in one chain.
/// </summary>
public sealed class TokenMapInterleavingTests
{
    private const int MaxPreemptions = 3;

    private static readonly DateTimeOffset Expiry = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // All in one chain of a table of 16 places, and so of every smaller one.
    private static readonly string[] Chain = [.. Ids(0b1111).Take(5)];

    // In one chain of a table of eight places, in two of a table of 16.
    private static readonly string[] Parting =
    [
        .. Ids(0b1111).Zip(Ids(0b0111), (one, other) => new[] { one, other }).Take(2).SelectMany(ids => ids),
    ];

    [Fact]
    public void An_entry_that_stays_is_found_while_the_table_grows_twice() =>
        CheckAll([Chain[0], Chain[1]], map => AddAll(map, Chain[2..]), Chain[0], Chain[1], Chain[0]);

    [Fact]
    public void An_entry_that_stays_is_found_while_its_chain_is_parted() =>
        CheckAll(Parting, map => AddAll(map, Ids(0).First()), Parting[0], Parting[1], Parting[0]);

    [Fact]
    public void An_entry_that_stays_is_found_while_those_before_it_leave() =>
        CheckAll(
            Chain[..4],
            map =>
            {
                foreach (var id in Chain[1..4])
                    map.Remove(Find(map, id)!);
            },
            Chain[0],
            Chain[0],
            Chain[0]
        );

    [Fact]
    public void An_entry_that_came_does_not_go_again() =>
        CheckAll(
            [Chain[0]],
            map => AddAll(map, Chain[1..]),
            (map, seen) =>
            {
                for (var i = 0; i < 4; i++)
                    seen.Add(Find(map, Chain[1]) is not null);
            },
            seen => Assert.Equal(seen.Order(), seen)
        );

    [Fact]
    public void An_entry_that_left_does_not_come_back_though_the_table_grows() =>
        CheckAll(
            [Chain[0], Chain[1]],
            map =>
            {
                map.Remove(Find(map, Chain[1])!);
                AddAll(map, Chain[2..]);
            },
            (map, seen) =>
            {
                for (var i = 0; i < 4; i++)
                    seen.Add(Find(map, Chain[1]) is null);
            },
            seen => Assert.Equal(seen.Order(), seen)
        );

    private static IEnumerable<string> Ids(int lowestBits) =>
        Enumerable.Range(0, int.MaxValue).Select(i => $"jti-{i}").Where(id => (IdHash.Of(id) & 0b1111) == lowestBits);

    private static TokenNode? Find(TokenMap<DrivenSchedule> map, string id) => map.TryGet(id, out var node) ? node : null;

    // The table is full: half of its places are as many as there are entries, or it grows with the next one.
    private static TokenMap<DrivenSchedule> Filled(string[] ids)
    {
        var map = new TokenMap<DrivenSchedule>(ids.Length < 4 ? 2 : 8);
        AddAll(map, ids);
        return map;
    }

    private static void AddAll(TokenMap<DrivenSchedule> map, params string[] ids)
    {
        foreach (var id in ids)
            map.Add(new TokenNode(new StoredToken(id, "ann", Expiry, Expiry), new UserTokens("ann"), family: null, addedAt: 1));
    }

    private static void CheckAll(string[] before, Action<TokenMap<DrivenSchedule>> write, params string[] always) =>
        CheckAll(
            before,
            write,
            (map, seen) => seen.AddRange(always.Select(id => Find(map, id)?.Jti == id)),
            seen => Assert.DoesNotContain(false, seen)
        );

    private static void CheckAll(
        string[] before,
        Action<TokenMap<DrivenSchedule>> write,
        Action<TokenMap<DrivenSchedule>, List<bool>> read,
        Action<List<bool>> check
    )
    {
        using var threads = new Interleaver(2);
        var plan = new Interleaving(MaxPreemptions);
        var orders = 0;
        do
        {
            orders++;
            var map = Filled(before);
            var seen = new List<bool>();
            threads.Run(plan, [() => write(map), () => read(map, seen)]);
            check(seen);
        } while (plan.MoveNext());
        TestContext.Current.TestOutputHelper?.WriteLine($"{orders} orders");
        Assert.True(orders > 100, $"Only {orders} orders were tried.");
    }
}
