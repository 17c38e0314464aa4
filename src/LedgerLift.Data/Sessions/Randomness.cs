using System.Diagnostics.CodeAnalysis;

namespace LedgerLift.Data;

/// <summary>The one place that names the process's random source.</summary>
internal static class Randomness
{
    /// <summary>A number from 0, inclusive, to 1, exclusive. Thread-safe.</summary>
    [SuppressMessage("Security", "CA5394", Justification = "Spreads delays; nothing is guarded by it.")]
    [SuppressMessage("Major Code Smell", "S2245", Justification = "Spreads delays; nothing is guarded by it.")]
#pragma warning disable RS0030 // The one file of the package that may.
    internal static double Next() => Random.Shared.NextDouble();
#pragma warning restore RS0030
}
