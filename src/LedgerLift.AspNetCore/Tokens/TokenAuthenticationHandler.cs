using System.Security.Claims;
using System.Text.Encodings.Web;
using LedgerLift.Auth;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LedgerLift.AspNetCore;

/// <summary>Lets in whoever shows a token that the store knows and that counts. When the store cannot say, nobody is let in and the answer is 503.</summary>
internal sealed class TokenAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    ITokenStore tokens
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    private const string Refusal = "The token does not count.";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (BearerToken.Read(Request.Headers.Authorization) is not { } jti)
            return AuthenticateResult.NoResult();

        if (jti.Length is 0 or > StoredToken.MaxIdBytes)
            return AuthenticateResult.Fail(Refusal);

        try
        {
            var token = await tokens.FindAsync(jti, Context.RequestAborted).ConfigureAwait(false);
            return token is { Revoked: false } && token.ExpiresAt > TimeProvider.GetUtcNow()
                ? AuthenticateResult.Success(TicketOf(token))
                : AuthenticateResult.Fail(Refusal);
        }
        catch (OperationCanceledException) when (Context.RequestAborted.IsCancellationRequested)
        {
            throw;
        }
        catch (ArgumentException)
        {
            // No store has ids of this form.
            return AuthenticateResult.Fail(Refusal);
        }
#pragma warning disable CA1031 // A store that is not ours may throw anything; not knowing is never yes.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Log.TokenStoreFailed(Logger, failure);
            return AuthenticateResult.Fail(
                failure as TokenStoreException
                    ?? new TokenStoreException("The token store failed.", TokenStoreErrorCodes.Unavailable, isTransient: true, failure)
            );
        }
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var result = await HandleAuthenticateOnceSafeAsync().ConfigureAwait(false);
        if (result.Failure is TokenStoreException)
        {
            await AnswerAsync(StatusCodes.Status503ServiceUnavailable, AspNetCoreErrorCodes.TokenStoreUnavailable).ConfigureAwait(false);
            return;
        }

        Response.Headers.Append("WWW-Authenticate", result.None ? "Bearer" : "Bearer error=\"invalid_token\"");
        await AnswerAsync(StatusCodes.Status401Unauthorized, AspNetCoreErrorCodes.Unauthorized).ConfigureAwait(false);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        AnswerAsync(StatusCodes.Status403Forbidden, AspNetCoreErrorCodes.Forbidden);

    private Task AnswerAsync(int status, string code) =>
        Response.HasStarted ? Task.CompletedTask : new ProblemAnswer(status, code).ExecuteAsync(Context);

    private AuthenticationTicket TicketOf(StoredToken token)
    {
        Claim[] claims = [new(ClaimTypes.NameIdentifier, token.UserId), new(LedgerLiftTokenDefaults.TokenIdClaim, token.Jti)];
        var identity = new ClaimsIdentity(claims, Scheme.Name, ClaimTypes.NameIdentifier, ClaimTypes.Role);
        var properties = new AuthenticationProperties { IssuedUtc = token.CreatedAt, ExpiresUtc = token.ExpiresAt };
        return new AuthenticationTicket(new ClaimsPrincipal(identity), properties, Scheme.Name);
    }
}
