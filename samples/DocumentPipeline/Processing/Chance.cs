namespace DocumentPipeline;

/// <summary>The one place that asks for randomness.</summary>
internal static class Chance
{
    /// <summary>0, inclusive, to 1, exclusive.</summary>
#pragma warning disable RS0030, CA5394 // This is the one file; a pause needs no secret.
    public static double NextDouble() => Random.Shared.NextDouble();
#pragma warning restore RS0030, CA5394
}
