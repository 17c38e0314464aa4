using System.Diagnostics.CodeAnalysis;

namespace LedgerLift.Resilience;

/// <summary>The one place that names the process's random source; everything else takes a function, so that tests can say what it returns.</summary>
internal static class DefaultRandomness
{
    /// <summary>A number from 0, inclusive, to 1, exclusive. Thread-safe.</summary>
    internal static readonly Func<double> Source = Draw;

    [SuppressMessage("Security", "CA5394", Justification = "Spreads delays; nothing is guarded by it.")]
    [SuppressMessage("Major Code Smell", "S2245", Justification = "Spreads delays; nothing is guarded by it.")]
#pragma warning disable RS0030 // The one file of the package that may.
    private static double Draw() => Random.Shared.NextDouble();
#pragma warning restore RS0030
}
