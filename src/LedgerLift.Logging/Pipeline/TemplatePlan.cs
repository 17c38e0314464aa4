namespace LedgerLift.Logging;

/// <summary>What is known of one template with one type of state. Immutable.</summary>
/// <param name="Template">The template, compared by reference.</param>
/// <param name="StateType">The type of state.</param>
/// <param name="Parsed">The template taken apart.</param>
/// <param name="Shown">The template as it may be shown: itself, or without what it holds.</param>
/// <param name="Sensitive">By the place of a pair: its value is never shown.</param>
/// <param name="Inspected">The places whose values must be looked at in every event.</param>
/// <param name="NamedBy">By the place of a pair: the place whose value names it, as in <c>{Name}={Value}</c>; -1 when none does.</param>
/// <param name="Holes">For each hole, the place of its pair.</param>
internal sealed record TemplatePlan(
    string Template,
    Type StateType,
    MessageTemplate Parsed,
    string Shown,
    bool[] Sensitive,
    int[] Inspected,
    int[] NamedBy,
    int[] Holes
)
{
    /// <summary>Whether every event is redacted, whatever its values.</summary>
    public bool AlwaysRedacts { get; } = Array.IndexOf(Sensitive, value: true) >= 0 || !ReferenceEquals(Template, Shown);
}
