using FsCheck;
using FsCheck.Fluent;
using LedgerLift.Testing;

namespace LedgerLift.Auditing.Contract;

/// <summary>Generated values that a seed gives again.</summary>
internal static class Samples
{
    private const int Size = 50;

    /// <summary>Values of a generator; the seed stands in the output of a failed test.</summary>
    public static IEnumerable<T> Seeded<T>(this Gen<T> generator, int count) =>
        generator.Sample(count, new Rnd((ulong)new SeededRandom().Seed), Size);
}
