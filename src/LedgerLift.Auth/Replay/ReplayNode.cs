namespace LedgerLift.Auth;

/// <summary>One id that is remembered.</summary>
internal sealed class ReplayNode(ReplayId id, long dueAt) : IExpiring<ReplayNode>
{
    private Link<ReplayNode> _wheel;

    internal ReplayId Id { get; } = id;

    public long DueAt { get; } = dueAt;

    public int WheelSlot { get; set; }

    static ref Link<ReplayNode> ILinkOf<ReplayNode>.Of(ReplayNode node) => ref node._wheel;
}
