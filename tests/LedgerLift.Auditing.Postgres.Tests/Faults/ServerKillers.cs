namespace LedgerLift.Auditing.Postgres.Tests;

/// <summary>Tests that kill the server run alone.</summary>
[CollectionDefinition(nameof(ServerKillers), DisableParallelization = true)]
public sealed class ServerKillers;
