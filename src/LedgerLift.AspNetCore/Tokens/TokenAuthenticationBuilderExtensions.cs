using LedgerLift.Auth;
using Microsoft.AspNetCore.Authentication;

namespace LedgerLift.AspNetCore;

/// <summary>Authentication by the tokens of an <see cref="ITokenStore"/>.</summary>
public static class TokenAuthenticationBuilderExtensions
{
    /// <summary>
    /// Adds a scheme that takes the id of a token from <c>Authorization: Bearer …</c> and makes a principal of its user: the user's id is
    /// <c>ClaimTypes.NameIdentifier</c> and the identity's name. The store is asked at each request. A token that is unknown, revoked or expired is answered with
    /// 401; a store that fails with 503, and nobody is let in. The store itself is the host's to register.
    /// </summary>
    /// <param name="builder">The host's authentication.</param>
    /// <param name="scheme">The name of the scheme.</param>
    /// <param name="configure">Changes the scheme's options, such as forwarding; null for none.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="scheme"/> is null or blank.</exception>
    public static AuthenticationBuilder AddLedgerLiftToken(
        this AuthenticationBuilder builder,
        string scheme = LedgerLiftTokenDefaults.AuthenticationScheme,
        Action<AuthenticationSchemeOptions>? configure = null
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(scheme);
        return builder.AddScheme<AuthenticationSchemeOptions, TokenAuthenticationHandler>(scheme, configure);
    }
}
