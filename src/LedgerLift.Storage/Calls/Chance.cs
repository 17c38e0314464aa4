using System.Diagnostics.CodeAnalysis;

namespace LedgerLift.Storage;

/// <summary>Where the package takes chance from.</summary>
internal static class Chance
{
    /// <summary>From 0, inclusive, to 1, exclusive.</summary>
    [SuppressMessage("Security", "CA5394", Justification = "It spreads waits; nobody gains by guessing it.")]
    [SuppressMessage("Security Hotspot", "S2245", Justification = "As for CA5394.")]
    internal static double Next()
    {
#pragma warning disable RS0030 // The one file of the package that names the source.
        return Random.Shared.NextDouble();
#pragma warning restore RS0030
    }
}
