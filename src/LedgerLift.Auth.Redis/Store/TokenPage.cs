namespace LedgerLift.Auth.Redis;

/// <summary>Some of a user's live tokens, and where to go on.</summary>
internal sealed record TokenPage(IReadOnlyList<StoredToken> Tokens, TokenPlace Next, bool IsLast);
