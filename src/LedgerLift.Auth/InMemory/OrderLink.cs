namespace LedgerLift.Auth;

/// <summary>The list of all entries in the order in which they were stored.</summary>
internal sealed class OrderLink : ILinkOf<TokenNode>
{
    private OrderLink() { }

    static ref Link<TokenNode> ILinkOf<TokenNode>.Of(TokenNode node) => ref node.OrderLink;
}
