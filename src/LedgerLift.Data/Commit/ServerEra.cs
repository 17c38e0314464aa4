namespace LedgerLift.Data;

/// <summary>Which life of which server gave a transaction its id. Ids of one era are never another's in it.</summary>
/// <param name="Recovery">Changes with every crash recovery: then the server starts its statistics anew.</param>
/// <param name="Timeline">Changes when a standby is promoted.</param>
internal sealed record ServerEra(string Recovery, string Timeline);
