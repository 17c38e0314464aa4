namespace LedgerLift.Logging;

internal static class WordRolesExtensions
{
    /// <summary>Whether any of these roles is among them.</summary>
    public static bool Has(this WordRoles roles, WordRoles any) => (roles & any) != WordRoles.None;
}
