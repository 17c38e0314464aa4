namespace LedgerLift.Auditing;

/// <summary>Rules in their order: the first that matches an action decides. Immutable, safe to use from any thread.</summary>
public sealed class AuditPolicy
{
    private static readonly AuditPolicyRule s_unmatched = new();
    private readonly AuditPolicyRule[] _rules;

    /// <summary>Makes a policy.</summary>
    /// <param name="rules">The rules; read once.</param>
    /// <exception cref="ArgumentNullException"><paramref name="rules"/> is null.</exception>
    public AuditPolicy(IEnumerable<AuditPolicyRule> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        _rules =
        [
            .. rules.Select(static rule => new AuditPolicyRule
            {
                Action = rule.Action,
                ResourceType = rule.ResourceType,
                Level = rule.Level,
                OnFailure = rule.OnFailure,
                Delivery = rule.Delivery,
            }),
        ];
    }

    /// <summary>The rule for an action; when none matches, one that records everything and fails the operation.</summary>
    /// <param name="action">What was done.</param>
    /// <param name="resourceType">The kind of thing it was done to.</param>
    /// <returns>The rule.</returns>
    public AuditPolicyRule Find(string action, string resourceType) =>
        Array.Find(_rules, rule => Wildcard.Matches(rule.Action, action) && Wildcard.Matches(rule.ResourceType, resourceType))
        ?? s_unmatched;
}
