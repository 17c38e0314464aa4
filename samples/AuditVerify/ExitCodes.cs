namespace LedgerLift.Samples.AuditVerify;

/// <summary>What the command ends with.</summary>
internal static class ExitCodes
{
    /// <summary>Every file is clean.</summary>
    public const int Clean = 0;

    /// <summary>Something was tampered with.</summary>
    public const int Tampered = 1;

    /// <summary>A file or a key cannot be read, or the command was called wrong: nothing is known about the trail.</summary>
    public const int CannotTell = 2;
}
