using System.Globalization;
using System.Security.Cryptography;
using Xunit;

namespace LedgerLift.Testing;

/// <summary>
/// Randomness that can be had again: the seed comes from the environment variable <c>LEDGERLIFT_TEST_SEED</c> or is fresh, and is written to the
/// output of the running test, which a runner shows when the test fails.
/// </summary>
/// <remarks>
/// Not thread-safe, as its draws would then depend on the order of threads: give each worker its own <see cref="Fork"/>.
/// </remarks>
public sealed class SeededRandom : Random
{
    /// <summary>The environment variable that holds the seed.</summary>
    public const string SeedVariable = "LEDGERLIFT_TEST_SEED";

    /// <summary>The seed of <c>LEDGERLIFT_TEST_SEED</c>, else a fresh one.</summary>
    /// <exception cref="FormatException">The variable is set and not a 32-bit integer.</exception>
    public SeededRandom()
        : this(SeedOf(TestEnvironment.Read(SeedVariable))) { }

    /// <summary>A given seed.</summary>
    public SeededRandom(int seed)
        : base(seed)
    {
        Seed = seed;
        TestContext.Current.TestOutputHelper?.WriteLine(ToString());
    }

    /// <summary>The seed this source was made from.</summary>
    public int Seed { get; }

    /// <summary>An independent source for worker <paramref name="index"/>: the same seed and index give the same draws.</summary>
    public Random Fork(int index) => new(unchecked((Seed * 397) ^ (index * (int)0x9E3779B1)));

    /// <summary>True with the given probability.</summary>
    /// <param name="probability">From 0 (never) to 1 (always), inclusive.</param>
    public bool Chance(double probability)
    {
        if (probability is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "Give a probability from 0 to 1.");
        return NextDouble() < probability;
    }

    /// <summary>Random bytes.</summary>
    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        NextBytes(bytes);
        return bytes;
    }

    /// <summary>The setting that repeats these draws, for messages: <c>LEDGERLIFT_TEST_SEED=42</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{SeedVariable}={Seed}");

    internal static int SeedOf(string? setting)
    {
        if (string.IsNullOrWhiteSpace(setting))
            return RandomNumberGenerator.GetInt32(int.MaxValue);
        return int.TryParse(setting, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed)
            ? seed
            : throw new FormatException($"{SeedVariable} is '{setting}'; give a 32-bit integer.");
    }
}
