using FsCheck;
using FsCheck.Fluent;

namespace LedgerLift.Testing.Tests;

/// <summary>The tracker against the plainest search there is, over texts of two letters cut at random places.</summary>
public sealed class PatternTrackerProperties
{
    private static readonly Gen<byte> Letter = Gen.Elements((byte)'a', (byte)'b');

    private static readonly Arbitrary<(byte[] Pattern, byte[][] Chunks)> Cases = (
        from pattern in Letter.NonEmptyListOf()
        from chunks in Letter.ListOf().ListOf()
        select (pattern.Take(5).ToArray(), chunks.Select(chunk => chunk.ToArray()).ToArray())
    ).ToArbitrary();

    [Fact]
    public void Finds_the_same_ends_as_a_search_over_the_whole() =>
        Prop.ForAll(
                Cases,
                test => Ends(test.Pattern, test.Chunks).SequenceEqual(EndsInWhole(test.Pattern, [.. test.Chunks.SelectMany(c => c)]))
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void The_position_before_a_match_is_its_start_or_the_chunks() =>
        Prop.ForAll(
                Cases,
                test =>
                {
                    var offsets = test.Chunks.Select((_, i) => test.Chunks.Take(i).Sum(chunk => chunk.Length)).ToArray();
                    var starts = Positions(new PatternTracker(test.Pattern, matchBefore: true), test.Chunks);
                    var ends = Positions(new PatternTracker(test.Pattern, matchBefore: false), test.Chunks);
                    return starts
                        .Zip(ends)
                        .All(pair => pair.First.At == Math.Max(offsets[pair.Second.Chunk], pair.Second.At - test.Pattern.Length));
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    private static IEnumerable<int> Ends(byte[] pattern, byte[][] chunks) =>
        Positions(new PatternTracker(pattern, matchBefore: false), chunks).Select(match => match.At);

    private static List<(int Chunk, int At)> Positions(PatternTracker tracker, byte[][] chunks)
    {
        var (positions, offset) = (new List<(int, int)>(), 0);
        for (var i = 0; i < chunks.Length; i++)
        {
            tracker.NextChunk();
            while (tracker.Find(chunks[i]) is { } at)
                positions.Add((i, offset + at));
            offset += chunks[i].Length;
        }

        return positions;
    }

    private static IEnumerable<int> EndsInWhole(byte[] pattern, byte[] whole)
    {
        for (var start = 0; start + pattern.Length <= whole.Length; )
        {
            var found = whole.AsSpan(start, pattern.Length).SequenceEqual(pattern);
            start += found ? pattern.Length : 1;
            if (found)
                yield return start;
        }
    }
}
