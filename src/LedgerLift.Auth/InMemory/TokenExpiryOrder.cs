using System.Text;

namespace LedgerLift.Auth;

/// <summary>The soonest to expire first; of equals the one whose id is smaller in UTF-8, which is how a Redis sorted set orders them too.</summary>
internal sealed class TokenExpiryOrder : IComparer<StoredToken>
{
    internal static readonly TokenExpiryOrder Instance = new();

    public int Compare(StoredToken? x, StoredToken? y)
    {
        var byExpiry = Nullable.Compare(x?.ExpiresAt, y?.ExpiresAt);
        return byExpiry != 0 ? byExpiry : CompareUtf8(x?.FamilyId ?? x?.Jti, y?.FamilyId ?? y?.Jti);
    }

    private static int CompareUtf8(string? x, string? y)
    {
        Span<byte> left = stackalloc byte[StoredToken.MaxIdBytes];
        Span<byte> right = stackalloc byte[StoredToken.MaxIdBytes];
        return left[..Encoding.UTF8.GetBytes(x, left)].SequenceCompareTo(right[..Encoding.UTF8.GetBytes(y, right)]);
    }
}
