using System.Runtime.InteropServices;

namespace LedgerLift.Auth;

/// <summary>How a write ended, and which entries it pushed out on the way: counted after the lock is released.</summary>
[StructLayout(LayoutKind.Auto)]
internal record struct TableChange(TableOutcome Outcome)
{
    internal int Expired { get; set; }

    internal int Displaced { get; set; }

    internal int OverUserLimit { get; set; }
}
