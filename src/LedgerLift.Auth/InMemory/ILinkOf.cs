namespace LedgerLift.Auth;

/// <summary>Says which of a node's links a list uses.</summary>
internal interface ILinkOf<TNode>
    where TNode : class
{
    static abstract ref Link<TNode> Of(TNode node);
}
