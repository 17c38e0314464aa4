namespace LedgerLift.AspNetCore;

/// <summary>How much a health answer shows.</summary>
public enum HealthDetail
{
    /// <summary>The status alone.</summary>
    None,

    /// <summary>Also the status of each component, and which are at fault.</summary>
    Summary,

    /// <summary>Also what each component says and its data.</summary>
    Full,
}
