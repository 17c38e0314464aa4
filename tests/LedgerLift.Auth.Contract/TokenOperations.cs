using System.Globalization;

namespace LedgerLift.Auth.Contract;

internal sealed record StoreToken(string Jti, string UserId, TimeSpan ExpiresAt, bool Rotatable = false) : TokenOperation
{
    private const string Announced = "announced";

    public override int Steps => 2;

    private string? FamilyId => Rotatable ? Jti : null;

    public override Task<string> RunAsync(ITokenStore store, DateTimeOffset origin) =>
        StoreAsync(() =>
            Rotatable
                ? ((ITokenFamilies)store).StoreRotatableAsync(Jti, UserId, origin + ExpiresAt).AsTask()
                : store.StoreAsync(Jti, UserId, origin + ExpiresAt).AsTask()
        );

    public override string Apply(TokenStoreModel model) => model.Store(Jti, UserId, ExpiresAt, FamilyId) ? "stored" : "duplicate";

    // A store over two slots: first the record is there, then the token is live. A record that is there and not live reads as revoked.
    public override string? ApplyStep(TokenStoreModel model, int step, ref string memory)
    {
        if (step == 1)
            return memory == Announced ? Activate(model) : Apply(model);
        if (model.Find(Jti) is not null)
            return null;
        model.Announce(Jti, UserId, ExpiresAt, FamilyId);
        memory = Announced;
        return null;
    }

    private string Activate(TokenStoreModel model)
    {
        model.Activate(Jti);
        return "stored";
    }
}

internal sealed record RotateToken(string Jti, string NewJti, TimeSpan ExpiresAt) : TokenOperation
{
    public override async Task<string> RunAsync(ITokenStore store, DateTimeOffset origin)
    {
        try
        {
            return (await ((ITokenFamilies)store).RotateAsync(Jti, NewJti, origin + ExpiresAt)).ToString();
        }
        catch (TokenStoreException exception) when (exception.Code == TokenStoreErrorCodes.DuplicateJti)
        {
            return "duplicate";
        }
    }

    public override string Apply(TokenStoreModel model) => model.Rotate(Jti, NewJti, ExpiresAt)?.ToString() ?? "duplicate";
}

internal sealed record RevokeToken(string Jti) : TokenOperation
{
    public override async Task<string> RunAsync(ITokenStore store, DateTimeOffset origin) => (await store.RevokeAsync(Jti)).ToString();

    public override string Apply(TokenStoreModel model) => model.Revoke(Jti).ToString();
}

internal sealed record RevokeAllTokens(string UserId) : TokenOperation
{
    public override async Task<string> RunAsync(ITokenStore store, DateTimeOffset origin) =>
        (await store.RevokeAllForUserAsync(UserId)).ToString(CultureInfo.InvariantCulture);

    public override string Apply(TokenStoreModel model) => model.RevokeAll(UserId).ToString(CultureInfo.InvariantCulture);
}

internal sealed record FindToken(string Jti) : TokenOperation
{
    public override async Task<string> RunAsync(ITokenStore store, DateTimeOffset origin) =>
        await store.FindAsync(Jti) is { } token ? Describe(token.UserId, token.ExpiresAt - origin, token.FamilyId, !token.Revoked) : "none";

    public override string Apply(TokenStoreModel model) =>
        model.Find(Jti) is { } entry ? Describe(entry.UserId, entry.ExpiresAt, entry.FamilyId, entry.Live) : "none";

    private static string Describe(string userId, TimeSpan expiresAt, string? familyId, bool live) =>
        $"{userId} until {expiresAt} of {familyId ?? "no family"} {(live ? "live" : "revoked")}";
}

internal sealed record IsTokenActive(string Jti, string? UserId = null) : TokenOperation
{
    public override async Task<string> RunAsync(ITokenStore store, DateTimeOffset origin) =>
        (await store.IsActiveAsync(Jti, UserId)).ToString();

    public override string Apply(TokenStoreModel model) =>
        (model.Find(Jti) is { Live: true } entry && (UserId is null || UserId == entry.UserId)).ToString();
}

internal sealed record ListTokens(string UserId) : TokenOperation
{
    public override async Task<string> RunAsync(ITokenStore store, DateTimeOffset origin)
    {
        var found = new List<string>();
        await foreach (var token in store.ListActiveAsync(UserId))
            found.Add(token.Jti);
        return string.Join(' ', found);
    }

    public override string Apply(TokenStoreModel model) => string.Join(' ', model.LiveOf(UserId).Select(entry => entry.Jti));
}
