namespace LedgerLift.Auditing.Tests;

public sealed class AuditPolicyTests
{
    [Theory]
    [InlineData("*", "anything", true)]
    [InlineData("document.*", "document.read", true)]
    [InlineData("document.*", "document.", true)]
    [InlineData("document.*", "document", false)]
    [InlineData("*.read", "document.read", true)]
    [InlineData("*.read", "document.reader", false)]
    [InlineData("d*t.r*d", "document.read", true)]
    [InlineData("document.read", "Document.read", false)]
    [InlineData("document?read", "document.read", false)]
    [InlineData("document?read", "document?read", true)]
    [InlineData("a\\b", "a\\b", true)]
    [InlineData("a\\*", "a\\x", true)]
    [InlineData("[a-z]", "a", false)]
    [InlineData("*a*b*", "xxaxxbxx", true)]
    [InlineData("*a*b*", "xxbxxaxx", false)]
    [InlineData("**", "", true)]
    [InlineData("a*", "", false)]
    [InlineData("*ab", "aab", true)]
    [InlineData("*", "*", true)]
    public void An_asterisk_stands_for_any_characters_and_all_else_for_itself(string pattern, string action, bool matches)
    {
        var policy = new AuditPolicy([new AuditPolicyRule { Action = pattern, Level = AuditLevel.None }]);

        Assert.Equal(matches ? AuditLevel.None : AuditLevel.Full, policy.Find(action, "document").Level);
    }

    [Fact]
    public void The_first_rule_that_matches_action_and_resource_type_decides()
    {
        var policy = new AuditPolicy([
            new AuditPolicyRule
            {
                Action = "*.read",
                ResourceType = "token",
                Level = AuditLevel.None,
            },
            new AuditPolicyRule
            {
                Action = "*.read",
                Level = AuditLevel.Metadata,
                OnFailure = AuditFailureMode.ContinueAndSignal,
                Delivery = AuditDelivery.BestEffort,
            },
            new AuditPolicyRule { Level = AuditLevel.None },
        ]);

        Assert.Equal(AuditLevel.None, policy.Find("token.read", "token").Level);
        var read = policy.Find("document.read", "document");
        Assert.Equal(
            (AuditLevel.Metadata, AuditFailureMode.ContinueAndSignal, AuditDelivery.BestEffort),
            (read.Level, read.OnFailure, read.Delivery)
        );
        Assert.Equal(AuditLevel.None, policy.Find("document.upload", "document").Level);
    }

    [Fact]
    public void Without_a_rule_everything_is_recorded_and_nothing_happens_unrecorded()
    {
        var rule = new AuditPolicy([]).Find("a", "b");

        Assert.Equal(
            (AuditLevel.Full, AuditFailureMode.FailOperation, AuditDelivery.Committed),
            (rule.Level, rule.OnFailure, rule.Delivery)
        );
    }

    [Fact]
    public void A_policy_does_not_follow_later_changes_of_its_rules()
    {
        var rule = new AuditPolicyRule();
        var policy = new AuditPolicy([rule]);

        rule.Level = AuditLevel.None;

        Assert.Equal(AuditLevel.Full, policy.Find("a", "b").Level);
    }
}
