using Microsoft.Extensions.Options;

namespace LedgerLift.Logging.Tests;

public sealed class PiiRedactionOptionsTests
{
    [Fact]
    public void The_defaults_are_valid() => Assert.True(Validate(static _ => { }).Succeeded);

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    public void Depths_at_the_edges_are_valid(int depth) => Assert.True(Validate(options => options.MaxDepth = depth).Succeeded);

    [Theory]
    [InlineData(0)]
    [InlineData(65)]
    public void Depths_outside_are_named_with_their_value(int depth) =>
        Assert.Contains($"MaxDepth is {depth}", Validate(options => options.MaxDepth = depth).FailureMessage, StringComparison.Ordinal);

    [Theory]
    [InlineData(1, true)]
    [InlineData(10_000, true)]
    [InlineData(0, false)]
    [InlineData(10_001, false)]
    public void Numbers_of_items_have_edges(int items, bool valid) =>
        Assert.Equal(valid, Validate(options => options.MaxItems = items).Succeeded);

    [Theory]
    [InlineData(256, true)]
    [InlineData(1_048_576, true)]
    [InlineData(255, false)]
    [InlineData(1_048_577, false)]
    public void Lengths_have_edges(int length, bool valid) =>
        Assert.Equal(valid, Validate(options => options.MaxScanLength = length).Succeeded);

    [Theory]
    [InlineData("***", true)]
    [InlineData("x", true)]
    [InlineData("", false)]
    [InlineData(" ", false)]
    [InlineData("a\"b", false)]
    [InlineData("a\nb", false)]
    [InlineData("a\\b", false)]
    public void A_placeholder_changes_nothing_around_it(string placeholder, bool valid) =>
        Assert.Equal(valid, Validate(options => options.Placeholder = placeholder).Succeeded);

    [Fact]
    public void A_placeholder_has_64_characters_at_most()
    {
        Assert.True(Validate(static options => options.Placeholder = new string('x', 64)).Succeeded);
        Assert.False(Validate(static options => options.Placeholder = new string('x', 65)).Succeeded);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("---")]
    [InlineData("regex:(")]
    [InlineData("regex:(?=a)b")]
    public void Patterns_that_cannot_be_used_are_named(string pattern)
    {
        var result = Validate(options => options.AdditionalKeyPatterns.Add(pattern));

        Assert.Contains($"AdditionalKeyPatterns holds '{pattern}'", result.FailureMessage, StringComparison.Ordinal);
        Assert.False(Validate(options => options.AllowedKeys.Add(pattern)).Succeeded);
    }

    [Fact]
    public void A_pseudonym_needs_a_key_of_32_bytes_that_is_never_printed()
    {
        var missing = Validate(static options => options.Mask = RedactionMask.Pseudonym);
        var weak = Validate(static options => options.PseudonymKey = "hunter2");
        var strong = Validate(static options =>
            (options.Masks[RedactionKind.Email], options.PseudonymKey) = (RedactionMask.Pseudonym, new string('k', 32))
        );

        Assert.Contains("PseudonymKey is 0 bytes", missing.FailureMessage, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", weak.FailureMessage, StringComparison.Ordinal);
        Assert.True(strong.Succeeded);
    }

    [Fact]
    public void Every_fault_is_reported_at_once()
    {
        var result = Validate(static options =>
        {
            options.MaxDepth = -1;
            options.MaxItems = -1;
            options.MaxScanLength = -1;
            options.Placeholder = "";
            options.AdditionalKeyPatterns = null!;
            options.AllowedKeys = null!;
            options.Mask = (RedactionMask)99;
            options.Masks[(RedactionKind)77] = RedactionMask.Fixed;
        });

        Assert.Equal(8, result.Failures!.Count());
    }

    [Fact]
    public void The_constructor_refuses_the_same_faults() =>
        Assert.Contains(
            "MaxDepth is 0",
            Assert.Throws<ArgumentException>(static () => new PiiRedactor(new PiiRedactionOptions { MaxDepth = 0 })).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Masks_that_are_null_are_a_fault() => Assert.False(Validate(static options => options.Masks = null!).Succeeded);

    private static ValidateOptionsResult Validate(Action<PiiRedactionOptions> change)
    {
        var options = new PiiRedactionOptions();
        change(options);
        return new PiiRedactionOptionsValidator().Validate(name: null, options);
    }
}
