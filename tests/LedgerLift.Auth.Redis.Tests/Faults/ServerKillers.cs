namespace LedgerLift.Auth.Redis.Tests;

/// <summary>Tests that kill, restart or rearrange servers. Nothing else runs meanwhile.</summary>
[CollectionDefinition(nameof(ServerKillers), DisableParallelization = true)]
public sealed class ServerKillers;
