using LedgerLift.Testing;

namespace LedgerLift.Auditing.Tests;

public sealed class TamperProperties
{
    private const int Trials = 10_000;

    public static TheoryData<string> Ways => [.. Superuser.Ways.Select(way => way.Name)];

    [Theory]
    [MemberData(nameof(Ways))]
    public void Every_tampering_is_found_with_its_kind_and_its_position(string name)
    {
        var way = Superuser.Ways.Single(way => way.Name == name);
        var seed = new SeededRandom();
        for (var trial = 0; trial < Trials / Superuser.Ways.Count; trial++)
        {
            var random = seed.Fork(trial);
            var trail = TrailGenerator.Make(random);
            var expected = way.Do(new Superuser(trail, random));

            var found = trail.Verify();

            Assert.False(found.Clean, $"{name}, trial {trial}");
            Assert.True(
                found.Tampers.Any(tamper => (tamper.Kind, tamper.Position) == (expected.Kind, expected.Position)),
                $"{name}, trial {trial}: {expected} is not among\n{string.Join('\n', found.Tampers)}"
            );
        }
    }

    [Fact]
    public void A_trail_that_nobody_touched_is_clean_whatever_was_erased_or_dropped_by_right()
    {
        var seed = new SeededRandom();
        for (var trial = 0; trial < 1000; trial++)
        {
            var random = seed.Fork(trial);
            var trail = TrailGenerator.Make(random, minBatches: 0);
            var entries = trail.Seals.Count;
            var erased = EraseSome(trail, random);
            var dropped = DropSome(trail, random);

            var found = trail.Verify(withAnchors: random.Next(2) == 0);

            Assert.True(found.Clean, $"Trial {trial}:\n{string.Join('\n', found.Tampers)}");
            Assert.Equal((entries - dropped, trail.Batches.Count, dropped), (found.Entries, found.Batches, found.Dropped));
            Assert.InRange(found.Erased, 0, erased);
        }
    }

    [Fact]
    public void Several_tamperings_at_once_are_found_unless_they_undo_each_other()
    {
        var seed = new SeededRandom();
        for (var trial = 0; trial < 2000; trial++)
        {
            var random = seed.Fork(trial);
            var trail = TrailGenerator.Make(random, minBatches: 5);
            var user = new Superuser(trail, random);
            var before = trail.Rows();
            string[] done = [.. random.GetItems([.. Superuser.Ways.Take(5)], 3).Select(way => Do(way, user))];

            // An entry that was inserted and deleted again leaves nothing to find.
            Assert.True(trail.Verify().Clean == before.SetEquals(trail.Rows()), $"Trial {trial}: {string.Join(", ", done)}");
        }
    }

    private static string Do((string Name, Func<Superuser, ExpectedFinding> Do) way, Superuser user)
    {
        try
        {
            way.Do(user);
        }
        catch (Exception exception) when (exception is KeyNotFoundException or IndexOutOfRangeException)
        {
            // What it wanted to change is gone already.
            return way.Name + " (not done)";
        }

        return way.Name;
    }

    private static int EraseSome(StoredTrail trail, Random random)
    {
        StoredEntry[] some = [.. trail.Seals.Where(entry => trail.Records[entry.EntryId].Details is not null && random.Next(5) == 0)];
        foreach (var entry in some)
            trail.Erase(entry);
        return some.Length;
    }

    private static int DropSome(StoredTrail trail, Random random)
    {
        var before = trail.Records.Count;
        foreach (var partition in trail.Batches.Values.Select(batch => batch.Partition).Distinct().ToList())
            if (random.Next(4) == 0)
                trail.Drop(partition);
        return before - trail.Records.Count;
    }
}
