using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace LedgerLift.Auth.Contract;

/// <summary>Valid tokens over the whole range of what an id and an instant may be.</summary>
internal static class StoredTokens
{
    private static readonly DateTimeOffset LatestExpiry = new(9999, 12, 31, 23, 59, 59, TimeSpan.Zero);

    public static Gen<string> Id =>
        Gen.OneOf(
            Gen.Elements(HostileIds.All.ToArray()),
            Gen.Choose(1, 40).SelectMany(length => Rune.ArrayOf(length)).Select(Join).Where(IsId)
        );

    private static Gen<Rune> Rune =>
        Gen.Frequency(
                (5, Gen.Choose(0x20, 0x7e)),
                (1, Gen.Choose(0, 0x1f)),
                (2, Gen.Choose(0xa0, 0xd7ff)),
                (1, Gen.Choose(0xe000, 0xffff)),
                (1, Gen.Choose(0x1_0000, 0x10_ffff))
            )
            .Select(value => new Rune(value));

    /// <summary>Tokens that live from the given time, in milliseconds and less than a minute more, to thousands of years.</summary>
    public static Arbitrary<StoredToken> Any(Func<DateTimeOffset> now, int shortestLife = 1) =>
        (
            from jti in Id
            from userId in Id
            from created in Gen.Choose(0, int.MaxValue)
            from expires in Gen.OneOf(
                Gen.Choose(shortestLife, shortestLife + 60_000).Select(ms => (long)ms),
                Gen.Choose((shortestLife / 1000) + 1, int.MaxValue).Select(seconds => seconds * 1000L)
            )
            from offset in Gen.Choose(-14, 14)
            from revoked in Gen.Elements(true, false)
            from familyId in Gen.Frequency((3, Gen.Constant<string?>(null)), (1, Id.Select(string? (id) => id)))
            select new StoredToken(
                jti,
                userId,
                now().AddSeconds(-created).ToOffset(TimeSpan.FromHours(offset)),
                Min(now().AddMilliseconds(expires), LatestExpiry),
                revoked,
                familyId
            )
        ).ToArbitrary();

    private static DateTimeOffset Min(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static string Join(Rune[] runes) => string.Concat(runes.Select(rune => rune.ToString()));

    private static bool IsId(string text) => !string.IsNullOrWhiteSpace(text) && Encoding.UTF8.GetByteCount(text) <= StoredToken.MaxIdBytes;
}
