using System.Diagnostics.CodeAnalysis;

namespace LedgerLift.Auth;

/// <summary>The tokens a user got since the last revoke-all. A revoke-all marks this one object, whatever the number of tokens.</summary>
internal sealed class UserTokens(string userId)
{
    [SuppressMessage("Major Bug", "S3459:Unassigned members should be removed", Justification = "A struct that its own methods change.")]
    private IntrusiveList<TokenNode, UserLink> _nodes;
    private long _revokedAt;

    internal string UserId { get; } = userId;

    /// <summary>How many nodes are in the list: not revoked one by one, not forgotten; expired ones until they are forgotten.</summary>
    internal int Count { get; private set; }

    /// <summary>The soonest to expire, when the list is kept sorted; else the oldest.</summary>
    internal TokenNode? First => _nodes.First;

    /// <summary>The write that revoked them all; 0 as long as that has not happened.</summary>
    internal long RevokedAt
    {
        get => Volatile.Read(ref _revokedAt);
        set => Volatile.Write(ref _revokedAt, value);
    }

    internal void Add(TokenNode node)
    {
        _nodes.AddLast(node);
        Count++;
    }

    /// <summary>Adds in order of expiry, then of id as Redis orders it. Tokens of one lifetime arrive in that order, so the search from the end is short.</summary>
    internal void AddSorted(TokenNode node)
    {
        var previous = _nodes.Last;
        while (previous is not null && ExpiresBefore(node, previous))
            previous = previous.UserLink.Previous;
        _nodes.InsertAfter(previous, node);
        Count++;
    }

    internal void Remove(TokenNode node)
    {
        _nodes.Remove(node);
        Count--;
    }

    private static bool ExpiresBefore(TokenNode one, TokenNode other) => TokenExpiryOrder.Instance.Compare(one.Token, other.Token) < 0;
}
