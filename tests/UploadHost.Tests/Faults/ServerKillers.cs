namespace UploadHost.Tests;

/// <summary>Tests that kill servers run alone: the others of this assembly use the same ones.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class ServerKillers
{
    public const string Name = "server killers";
}
