using System.Collections.Frozen;

namespace LedgerLift.Storage;

/// <summary>
/// Names that Windows takes for devices whatever follows a dot ("Naming Files, Paths, and Namespaces"); <c>COM¹</c> counts too, which folding makes <c>COM1</c>.
/// </summary>
internal static class DeviceNames
{
    private static readonly FrozenSet<string> Names = "0123456789"
        .SelectMany(static digit => new[] { $"COM{digit}", $"LPT{digit}" })
        .Concat(["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"])
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Names.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether a file of this name would be a device.</summary>
    internal static bool Contains(ReadOnlySpan<char> name)
    {
        var dot = name.IndexOf('.');
        return Lookup.Contains((dot < 0 ? name : name[..dot]).TrimEnd(' '));
    }
}
