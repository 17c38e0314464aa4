namespace LedgerLift.Auth;

/// <summary>Tokens that replaced one another.</summary>
internal sealed class TokenFamily
{
    /// <summary>The one that was issued last; live, revoked or gone.</summary>
    internal TokenNode? Current { get; set; }
}
