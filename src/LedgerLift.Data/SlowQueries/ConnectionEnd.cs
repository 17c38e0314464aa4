namespace LedgerLift.Data;

/// <summary>What has befallen a connection while a command was running on it.</summary>
[Flags]
internal enum ConnectionEnd
{
    None = 0,
    Canceling = 1,
    Broken = 2,
}
