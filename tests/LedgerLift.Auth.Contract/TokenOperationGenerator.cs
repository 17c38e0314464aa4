using FsCheck;
using FsCheck.Fluent;

namespace LedgerLift.Auth.Contract;

/// <summary>Calls over few users and few ids, so that they meet.</summary>
internal static class TokenOperationGenerator
{
    private static readonly string[] Users = ["ann", "bob"];
    private static readonly string[] Jtis = ["j0", "j1", "j2", "j3", "j4"];

    private static Gen<string> User => Gen.Elements(Users);

    private static Gen<string> Jti => Gen.Elements(Jtis);

    private static Gen<TimeSpan> Expiry => Gen.Choose(1, 12).Select(minutes => TimeSpan.FromMinutes(minutes * 10));

    /// <summary>One call by one caller.</summary>
    public static Gen<TokenOperation> Any => Gen.Frequency((3, Store(rotatable: true)), (4, Rotate), (17, WithoutFamilies));

    /// <summary>One call that has nothing to do with rotation.</summary>
    public static Gen<TokenOperation> WithoutFamilies =>
        Gen.Frequency(
            (6, Store(rotatable: false)),
            (3, Jti.Select(TokenOperation (jti) => new RevokeToken(jti))),
            (2, User.Select(TokenOperation (user) => new RevokeAllTokens(user))),
            (3, Jti.Select(TokenOperation (jti) => new FindToken(jti))),
            (2, Jti.Select(TokenOperation (jti) => new IsTokenActive(jti))),
            (2, IsActiveForUser),
            (1, User.Select(TokenOperation (user) => new ListTokens(user)))
        );

    /// <summary>A call, and how long to wait before it; mostly not at all.</summary>
    public static Gen<(TimeSpan Wait, TokenOperation Operation)> AnyWithWait =>
        from wait in Gen.Frequency((8, Gen.Constant(0)), (2, Gen.Choose(1, 30)))
        from operation in Any
        select (TimeSpan.FromMinutes(wait), operation);

    private static Gen<TokenOperation> Rotate =>
        from jti in Jti
        from newJti in Jti.Where(other => other != jti)
        from expiry in Expiry
        select (TokenOperation)new RotateToken(jti, newJti, expiry);

    private static Gen<TokenOperation> IsActiveForUser =>
        from jti in Jti
        from user in User
        select (TokenOperation)new IsTokenActive(jti, user);

    /// <summary>Calls as FsCheck can shrink them: one call less at a time.</summary>
    public static Arbitrary<(TimeSpan Wait, TokenOperation Operation)[]> Sequence(int longest) =>
        Arb.From(
            Gen.Choose(1, longest).SelectMany(length => AnyWithWait.ArrayOf(length)),
            operations => Enumerable.Range(0, operations.Length).Select(i => operations.Where((_, j) => j != i).ToArray())
        );

    private static Gen<TokenOperation> Store(bool rotatable) =>
        from jti in Jti
        from user in User
        from expiry in Expiry
        select (TokenOperation)new StoreToken(jti, user, expiry, rotatable);
}
