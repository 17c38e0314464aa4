namespace LedgerLift.AspNetCore;

/// <summary>Names of the token authentication.</summary>
public static class LedgerLiftTokenDefaults
{
    /// <summary>The name of the authentication scheme.</summary>
    public const string AuthenticationScheme = "LedgerLiftToken";

    /// <summary>The type of the claim that holds the token's id. The id is a credential: do not show it.</summary>
    public const string TokenIdClaim = "jti";
}
