namespace LedgerLift.Logging.Tests;

public sealed class JudgedKeysTests
{
    private static readonly PiiRedactor s_redactor = new();

    [Fact]
    public void At_least_98_of_100_sensitive_names_are_known()
    {
        var missed = JudgedKeys.Sensitive.Where(static key => !s_redactor.IsSensitiveKey(key)).ToList();

        Assert.True(JudgedKeys.Sensitive.Count >= 500);
        Assert.True(
            missed.Count <= JudgedKeys.Sensitive.Count * 0.02,
            $"{missed.Count} of {JudgedKeys.Sensitive.Count} missed: {string.Join(' ', missed)}"
        );
    }

    [Fact]
    public void At_least_98_of_100_harmless_names_stay_readable()
    {
        var hidden = JudgedKeys.Harmless.Where(static key => s_redactor.IsSensitiveKey(key)).ToList();

        Assert.True(JudgedKeys.Harmless.Count >= 1500);
        Assert.True(
            hidden.Count <= JudgedKeys.Harmless.Count * 0.02,
            $"{hidden.Count} of {JudgedKeys.Harmless.Count} hidden: {string.Join(' ', hidden)}"
        );
    }

    [Fact]
    public void No_veto_uncovers_a_password_a_secret_a_key_or_a_cookie() =>
        Assert.All(JudgedKeys.MaskedByPolicy, static key => Assert.True(s_redactor.IsSensitiveKey(key), key));

    [Fact]
    public void No_rule_equals_an_entry()
    {
        var rules = KeyRules.Literals.Select(JudgedKeys.Letters).ToHashSet(StringComparer.Ordinal);

        Assert.DoesNotContain(
            JudgedKeys.Sensitive.Concat(JudgedKeys.Harmless).Concat(JudgedKeys.MaskedByPolicy),
            key => rules.Contains(JudgedKeys.Letters(key))
        );
    }

    [Fact]
    public void Every_rule_hides_the_name_it_is_made_of() =>
        Assert.All(KeyRules.Literals, static rule => Assert.True(s_redactor.IsSensitiveKey(rule), rule));

    [Fact]
    public void No_name_stands_in_two_lists()
    {
        var all = JudgedKeys.Sensitive.Concat(JudgedKeys.Harmless).Concat(JudgedKeys.MaskedByPolicy).ToList();

        Assert.Equal(all.Count, all.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }
}
