namespace LedgerLift.Auth;

/// <summary>A node that an <see cref="ExpiryWheel{TNode}"/> can hold.</summary>
internal interface IExpiring<TNode> : ILinkOf<TNode>
    where TNode : class
{
    /// <summary>The first millisecond, counted from the year 1, at which the node is due.</summary>
    long DueAt { get; }

    /// <summary>Where in the wheel the node stands; the wheel's own.</summary>
    int WheelSlot { get; set; }
}
