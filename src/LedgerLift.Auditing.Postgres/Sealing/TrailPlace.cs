using System.Globalization;
using System.Runtime.InteropServices;

namespace LedgerLift.Auditing.Postgres;

/// <summary>A place in the order of sealing: by the transaction that wrote an entry, then by the entry's id.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TrailPlace(ulong Xact, Guid Id) : IComparable<TrailPlace>
{
    /// <summary>Before every entry.</summary>
    internal static TrailPlace Start => default;

    /// <summary>The place as a row value of SQL.</summary>
    internal string Sql => string.Create(CultureInfo.InvariantCulture, $"('{Xact}'::xid8, '{Id:D}'::uuid)");

    public static bool operator <(TrailPlace left, TrailPlace right) => left.CompareTo(right) < 0;

    public static bool operator >(TrailPlace left, TrailPlace right) => left.CompareTo(right) > 0;

    public static bool operator <=(TrailPlace left, TrailPlace right) => left.CompareTo(right) <= 0;

    public static bool operator >=(TrailPlace left, TrailPlace right) => left.CompareTo(right) >= 0;

    public int CompareTo(TrailPlace other) => Xact == other.Xact ? Id.CompareTo(other.Id) : Xact.CompareTo(other.Xact);
}
