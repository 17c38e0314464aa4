using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using DocumentPipeline;
using LedgerLift.Auth;
using Microsoft.Extensions.Options;

namespace UploadHost;

/// <summary>Tokens: given to administrators (with embedded parts to everybody), revoked by their owner or an administrator.</summary>
internal static class TokenEndpoints
{
    public static void MapTokens(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/tokens", IssueAsync).RequireRateLimiting(RateLimits.Administration);
        routes.MapPost("/api/tokens/revoke", RevokeAsync).RequireRateLimiting(RateLimits.Administration);
        routes.MapDelete("/api/users/{userId}/tokens", RevokeAllAsync).RequireRateLimiting(RateLimits.Administration);
    }

    private static async Task<IResult> IssueAsync(
        TokenRequest request,
        HttpContext context,
        AdminGate gate,
        ITokenStore tokens,
        IDocumentStore documents,
        IOptions<HostOptions> options,
        TimeProvider time
    )
    {
        if (!gate.MayIssue(context))
            return Problems.Unauthorized;
        var userId = UserName(request.UserId);
        var jti = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var expiresAt = time.GetUtcNow() + options.Value.TokenLifetime;
        await tokens.StoreAsync(jti, userId, expiresAt, context.RequestAborted);
        await documents.NoteAsync(TrailActions.TokenIssued, TrailActions.UserType, userId, context.ToActor(), context.RequestAborted);
        return Results.Created((string?)null, new TokenAnswer(jti, userId, expiresAt));
    }

    private static async Task<IResult> RevokeAsync(
        RevokeRequest request,
        HttpContext context,
        AdminGate gate,
        ITokenStore tokens,
        IDocumentStore documents
    )
    {
        var owner = await gate.CallerAsync(context);
        if (owner is null && !gate.IsAdmin(context))
            return Problems.Unauthorized;
        if (string.IsNullOrWhiteSpace(request.Jti))
            throw RefusedException.Invalid("jti", "jti_missing", "Give the token to revoke.");
        var found = IsId(request.Jti) ? await tokens.FindAsync(request.Jti, context.RequestAborted) : null;
        // Another user's token is as if it were not there.
        var isOwn = gate.IsAdmin(context) || found is null || found.UserId == owner;
        var outcome = found is not null && isOwn ? await tokens.RevokeAsync(request.Jti, context.RequestAborted) : RevokeOutcome.NotFound;
        if (outcome == RevokeOutcome.Revoked)
            await documents.NoteAsync(
                TrailActions.TokenRevoked,
                TrailActions.UserType,
                found!.UserId,
                context.ToActor(),
                context.RequestAborted
            );
        return Results.Ok(new RevokeAnswer(Name(outcome)));
    }

    private static async Task<IResult> RevokeAllAsync(
        string userId,
        HttpContext context,
        AdminGate gate,
        ITokenStore tokens,
        IDocumentStore documents
    )
    {
        var owner = await gate.CallerAsync(context);
        if (owner is null && !gate.IsAdmin(context))
            return Problems.Unauthorized;
        userId = UserName(userId);
        if (!gate.IsAdmin(context) && owner != userId)
            throw RefusedException.Missing("user");
        var revoked = await tokens.RevokeAllForUserAsync(userId, context.RequestAborted);
        await documents.NoteAsync(TrailActions.UserRevoked, TrailActions.UserType, userId, context.ToActor(), context.RequestAborted);
        return Results.Ok(new RevokeAllAnswer(revoked));
    }

    private static string UserName(string? userId) =>
        !string.IsNullOrWhiteSpace(userId) && IsId(userId) && !userId.Any(char.IsControl)
            ? userId
            : throw RefusedException.Invalid("userId", "user_id_invalid", "Give a user id of 1 to 256 bytes without control characters.");

    private static bool IsId(string text) => Encoding.UTF8.GetByteCount(text) <= 256;

    private static string Name(RevokeOutcome outcome) =>
        outcome switch
        {
            RevokeOutcome.Revoked => "revoked",
            RevokeOutcome.AlreadyRevoked => "already_revoked",
            _ => "not_found",
        };
}
