using System.Globalization;
using System.Text;

namespace LedgerLift.Auth.Contract;

/// <summary>What a token store is, written down as plainly as possible: a list that is searched from end to end.</summary>
internal sealed class TokenStoreModel(int maxEntries = int.MaxValue, int maxPerUser = 0, Func<string, bool, string>? rank = null)
{
    private readonly Func<string, bool, string> _rank = rank ?? RankById;
    private List<TokenModelEntry> _entries = [];
    private int _families;

    public TimeSpan Now { get; private set; }

    public int Count => _entries.Count;

    public IReadOnlyList<TokenModelEntry> Entries => _entries;

    public void Advance(TimeSpan by)
    {
        Now += by;
        _entries.RemoveAll(entry => entry.ExpiresAt <= Now);
    }

    public TokenModelEntry? Find(string jti) => _entries.Find(entry => entry.Jti == jti);

    public bool Store(string jti, string userId, TimeSpan expiresAt, string? familyId)
    {
        if (Find(jti) is { } known)
            return known.Live && known.UserId == userId && known.ExpiresAt == expiresAt && known.FamilyId == familyId;
        Add(new TokenModelEntry(jti, userId, expiresAt, familyId, FamilyOf(familyId)), isNew: true);
        return true;
    }

    public RotationOutcome? Rotate(string jti, string newJti, TimeSpan expiresAt)
    {
        if (Find(jti) is not { } old)
            return RotationOutcome.NotFound;
        if (old.FamilyId is null)
            return RotationOutcome.NotInFamily;
        var known = Find(newJti);
        if (old.Successor is not null)
        {
            if (old.Successor == newJti && known is { Live: true } && known.Family == old.Family && known.ExpiresAt == expiresAt)
                return RotationOutcome.Rotated;
            foreach (var entry in _entries.Where(entry => entry.Family == old.Family))
                entry.Live = false;
            return RotationOutcome.ReuseDetected;
        }

        if (!old.Live)
            return RotationOutcome.Revoked;
        if (known is not null)
            return null;
        old.Live = false;
        old.Successor = newJti;
        Add(new TokenModelEntry(newJti, old.UserId, expiresAt, old.FamilyId, old.Family), isNew: false);
        return RotationOutcome.Rotated;
    }

    public RevokeOutcome Revoke(string jti)
    {
        if (Find(jti) is not { } entry)
            return RevokeOutcome.NotFound;
        var live = entry.FamilyId is null ? entry : _entries.Find(other => other.Family == entry.Family && other.Live);
        if (live is not { Live: true })
            return RevokeOutcome.AlreadyRevoked;
        live.Live = false;
        return RevokeOutcome.Revoked;
    }

    public int RevokeAll(string userId)
    {
        var live = LiveOf(userId);
        foreach (var entry in live)
            entry.Live = false;
        return live.Count;
    }

    /// <summary>The user's live entries, the soonest to expire first, then by rank.</summary>
    public List<TokenModelEntry> LiveOf(string userId) =>
        [
            .. _entries
                .Where(entry => entry.Live && entry.UserId == userId)
                .OrderBy(entry => entry.ExpiresAt)
                .ThenBy(entry => _rank(entry.FamilyId ?? entry.Jti, entry.FamilyId is not null), StringComparer.Ordinal),
        ];

    /// <summary>The first half of a store that needs two commands: known, not live yet.</summary>
    public void Announce(string jti, string userId, TimeSpan expiresAt, string? familyId) =>
        _entries.Add(new TokenModelEntry(jti, userId, expiresAt, familyId, FamilyOf(familyId)) { Live = false });

    /// <summary>The second half.</summary>
    public void Activate(string jti)
    {
        var entry = Find(jti)!;
        if (maxPerUser > 0)
            MakeRoomFor(entry.UserId);
        entry.Live = true;
    }

    public TokenStoreModel Clone() =>
        new(maxEntries, maxPerUser, rank)
        {
            Now = Now,
            _families = _families,
            _entries = [.. _entries.Select(entry => entry.Clone())],
        };

    /// <summary>Two models with the same text behave the same from now on.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Now.Ticks}:{string.Join('|', _entries.Select(entry => entry.ToString()))}");

    /// <summary>The order of tokens that expire at one instant, by the bytes of what names them.</summary>
    public static string RankById(string id, bool isFamily) => Convert.ToHexString(Encoding.UTF8.GetBytes(id));

    private int FamilyOf(string? familyId) => familyId is null ? 0 : ++_families;

    private void Add(TokenModelEntry entry, bool isNew)
    {
        if (_entries.Count >= maxEntries)
            _entries.RemoveAt(0);
        if (maxPerUser > 0 && isNew)
            MakeRoomFor(entry.UserId);
        _entries.Add(entry);
    }

    private void MakeRoomFor(string userId)
    {
        var live = LiveOf(userId);
        foreach (var surplus in live.Take(live.Count - maxPerUser + 1))
            surplus.Live = false;
    }
}
