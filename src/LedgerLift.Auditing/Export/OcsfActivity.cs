using System.Collections.Frozen;
using System.Runtime.InteropServices;

namespace LedgerLift.Auditing;

/// <summary>What kind of API activity an action is, by its last word: <c>document.upload</c> creates.</summary>
/// <param name="Id">The activity_id of OCSF; 99 for another one.</param>
/// <param name="Name">The activity_name; for another one, the action itself.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct OcsfActivity(int Id, string Name)
{
    private const int Other = 99;

    private static readonly FrozenDictionary<string, OcsfActivity> s_byVerb = new[]
    {
        (new OcsfActivity(1, "Create"), "create add insert issue register upload"),
        (new OcsfActivity(2, "Read"), "read get list view query search download export"),
        (new OcsfActivity(3, "Update"), "update edit change set rename move retry"),
        (new OcsfActivity(4, "Delete"), "delete remove erase drop revoke"),
    }
        .SelectMany(static each => each.Item2.Split(' ').Select(verb => (Verb: verb, Activity: each.Item1)))
        .ToFrozenDictionary(static each => each.Verb, static each => each.Activity, StringComparer.OrdinalIgnoreCase);

    internal static OcsfActivity Of(string action) =>
        s_byVerb.TryGetValue(action[(action.LastIndexOf('.') + 1)..], out var activity) ? activity : new OcsfActivity(Other, action);
}
