using System.Runtime.InteropServices;

namespace LedgerLift.AspNetCore;

/// <summary>A disk's size and what is free of it for this user, in bytes.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DiskSpace(long Free, long Total)
{
    public double Used => Total <= 0 ? 0 : 1 - ((double)Free / Total);
}
