using FsCheck;
using FsCheck.Fluent;

namespace LedgerLift.Requirements.Tests;

/// <summary>How many cases a property is tried with, and values that several properties need.</summary>
internal static class Cases
{
    public const int Count = 200;

    public static Config Config { get; } = Config.QuickThrowOnFailure.WithMaxTest(Count);

    public static Arbitrary<string> Blank { get; } =
        Gen.ListOf(Gen.Elements(' ', '\t', '\n', '\r', '\u00a0', '\u2003')).Select(characters => new string([.. characters])).ToArbitrary();

    public static Gen<string> Id { get; } =
        Gen.NonEmptyListOf(Gen.Elements("abcXYZ019-_:{}\u00e4\ud83d\ude80'\"".EnumerateRunes().Select(rune => rune.ToString()).ToArray()))
            .Select(parts => string.Concat(parts.Take(40)));

    public static Arbitrary<T> Of<T>(Gen<T> generator) => generator.ToArbitrary();
}
