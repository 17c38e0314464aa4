using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace UploadHost;

/// <summary>Tells administrators, by a key compared in constant time, and owners, by their token.</summary>
internal sealed class AdminGate(IOptions<HostOptions> options, PartList parts)
{
    private const string Header = "X-Admin-Key";
    private readonly byte[]? _digest = options.Value.AdminKey is { Length: > 0 } key ? Digest(key) : null;

    /// <summary>Whether this call may take a token.</summary>
    public bool MayIssue(HttpContext context) => parts.IsOpen || IsAdmin(context);

    /// <summary>Whether this call carries the admin key.</summary>
    public bool IsAdmin(HttpContext context) =>
        _digest is not null
        && context.Request.Headers[Header] is [{ } given]
        && CryptographicOperations.FixedTimeEquals(Digest(given), _digest);

    /// <summary>The user of the token, where a call needs one or an administrator; null without a valid token.</summary>
    public async Task<string?> CallerAsync(HttpContext context)
    {
        if (IsAdmin(context))
            return null;
        var result = await context.AuthenticateAsync();
        if (result.Principal is { } principal)
            context.User = principal;
        return result.Principal?.FindFirstValue(ClaimTypes.NameIdentifier);
    }

    // Digests have one length, so comparing them tells nothing about the key's.
    private static byte[] Digest(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
