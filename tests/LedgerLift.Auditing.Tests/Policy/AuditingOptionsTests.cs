namespace LedgerLift.Auditing.Tests;

public sealed class AuditingOptionsTests
{
    private readonly AuditingOptionsValidator _validator = new();

    [Fact]
    public void The_defaults_are_valid() => Assert.True(_validator.Validate(null, new AuditingOptions()).Succeeded);

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(16 << 20, true)]
    [InlineData((16 << 20) + 1, false)]
    public void Details_may_have_1_byte_to_16_mib(int bytes, bool valid)
    {
        var options = new AuditingOptions { MaxDetailsBytes = bytes };

        Assert.Equal(valid, _validator.Validate(null, options).Succeeded);
        if (!valid)
            Assert.Throws<ArgumentException>(() => new AuditEntryComposer(options));
    }

    [Fact]
    public void Every_fault_is_reported_with_its_name_and_value()
    {
        var options = new AuditingOptions { MaxDetailsBytes = -1 };
        options.Rules.Add(new AuditPolicyRule());
        options.Rules.Add(
            new AuditPolicyRule
            {
                Action = " ",
                ResourceType = "",
                Level = (AuditLevel)7,
                OnFailure = (AuditFailureMode)8,
                Delivery = (AuditDelivery)9,
            }
        );
        options.Rules.Add(null!);

        var faults = _validator.Validate(null, options).Failures!.ToList();

        Assert.Equal(7, faults.Count);
        Assert.Contains(
            faults,
            fault => fault.Contains("MaxDetailsBytes", StringComparison.Ordinal) && fault.Contains("-1", StringComparison.Ordinal)
        );
        Assert.Contains(faults, fault => fault.Contains("Rules[1].Action", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("Rules[1].ResourceType", StringComparison.Ordinal));
        Assert.Contains(
            faults,
            fault => fault.Contains("Rules[1].Level", StringComparison.Ordinal) && fault.Contains('7', StringComparison.Ordinal)
        );
        Assert.Contains(faults, fault => fault.Contains("Rules[1].OnFailure", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("Rules[1].Delivery", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("Rules[2]", StringComparison.Ordinal));
    }
}
