using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace LedgerLift.Auth;

/// <summary>Where the entries stand: by id, in order of arrival, by expiry and by user. Every operation takes constant time, amortised.</summary>
/// <remarks><see cref="TryGet"/> may be called by any thread at any time, everything else by one thread at a time.</remarks>
internal sealed class TokenIndex<TSchedule>(long now, bool sortByExpiry)
    where TSchedule : struct, ISchedulePoints
{
    private readonly TokenMap<TSchedule> _byId = new();
    private readonly Dictionary<string, UserTokens> _users = new(StringComparer.Ordinal);
    private readonly ExpiryWheel<TokenNode> _wheel = new(now);

    [SuppressMessage("Major Bug", "S3459:Unassigned members should be removed", Justification = "A struct that its own methods change.")]
    private IntrusiveList<TokenNode, OrderLink> _order;

    internal int Count { get; private set; }

    /// <summary>How many users have an entry here; for the tests that nothing stays behind.</summary>
    internal int UserCount => _users.Count;

    internal TokenNode? Oldest => _order.First;

    internal bool TryGet(string jti, [NotNullWhen(true)] out TokenNode? node) => _byId.TryGet(jti, out node);

    internal UserTokens? FindUser(string userId) => _users.GetValueOrDefault(userId);

    internal UserTokens GetOrAddUser(string userId)
    {
        ref var user = ref CollectionsMarshal.GetValueRefOrAddDefault(_users, userId, out _);
        return user ??= new UserTokens(userId);
    }

    /// <summary>Takes the user out, keeping the nodes: the next token starts a new <see cref="UserTokens"/>.</summary>
    internal void DetachUser(UserTokens user) => _users.Remove(user.UserId);

    internal void Add(TokenNode node, long now)
    {
        _order.AddLast(node);
        _wheel.Add(node, now);
        if (sortByExpiry)
            node.User.AddSorted(node);
        else
            node.User.Add(node);
        Count++;
        _byId.Add(node);
    }

    /// <summary>Takes a node that stays known out of its user's list.</summary>
    internal void LeaveUser(TokenNode node)
    {
        node.User.Remove(node);
        if (node.User.Count == 0 && _users.GetValueOrDefault(node.User.UserId) == node.User)
            _users.Remove(node.User.UserId);
    }

    /// <summary>Takes a node out of everything.</summary>
    internal void Forget(TokenNode node)
    {
        _wheel.Remove(node);
        ForgetDue(node);
    }

    /// <summary>Takes one expired node out of everything; false when there is none.</summary>
    internal bool TryForgetExpired(long now)
    {
        if (_wheel.TakeDue(now) is not { } node)
            return false;
        ForgetDue(node);
        return true;
    }

    private void ForgetDue(TokenNode node)
    {
        _byId.Remove(node);
        _order.Remove(node);
        Count--;
        if (node.RevokedAt == 0)
            LeaveUser(node);
        if (node.Family is { } family && family.Current == node)
            family.Current = null;
    }
}
