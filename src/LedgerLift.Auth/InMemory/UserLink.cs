namespace LedgerLift.Auth;

/// <summary>The list of one user's live entries.</summary>
internal sealed class UserLink : ILinkOf<TokenNode>
{
    private UserLink() { }

    static ref Link<TokenNode> ILinkOf<TokenNode>.Of(TokenNode node) => ref node.UserLink;
}
