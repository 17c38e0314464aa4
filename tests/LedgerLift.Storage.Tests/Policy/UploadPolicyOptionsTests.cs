namespace LedgerLift.Storage.Tests;

public sealed class UploadPolicyOptionsTests
{
    [Fact]
    public void The_defaults_are_valid() =>
        Assert.True(new UploadPolicyOptionsValidator().Validate(name: null, new UploadPolicyOptions()).Succeeded);

    [Theory]
    [InlineData(1, 16)]
    [InlineData(long.MaxValue, 1024)]
    public void Both_edges_are_valid(long maxBytes, int maxName) =>
        Assert.NotNull(new UploadPolicy(new UploadPolicyOptions { MaxBytes = maxBytes, MaxFileNameBytes = maxName }));

    [Theory]
    [InlineData(0, 255, "MaxBytes")]
    [InlineData(-5, 255, "MaxBytes")]
    [InlineData(1, 15, "MaxFileNameBytes")]
    [InlineData(1, 1025, "MaxFileNameBytes")]
    public void Outside_is_refused_with_name_and_value(long maxBytes, int maxName, string option)
    {
        var failure = Assert.Throws<ArgumentException>(() =>
            new UploadPolicy(new UploadPolicyOptions { MaxBytes = maxBytes, MaxFileNameBytes = maxName })
        );

        Assert.Contains(option, failure.Message, StringComparison.Ordinal);
        Assert.Contains(
            (option == "MaxBytes" ? maxBytes : maxName).ToString(System.Globalization.CultureInfo.InvariantCulture),
            failure.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("pdf", "pdf")]
    [InlineData("application/pdf; a=b", "pdf")]
    [InlineData("application/pdf", ".pdf")]
    [InlineData("application/pdf", "")]
    [InlineData("application/pdf", "p/f")]
    public void Types_and_endings_must_be_such(string type, string ending)
    {
        var options = new UploadPolicyOptions { AllowedTypes = new Dictionary<string, string[]> { [type] = [ending] } };

        Assert.Contains(type, Assert.Throws<ArgumentException>(() => new UploadPolicy(options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_told_together()
    {
        var options = new UploadPolicyOptions
        {
            AllowedTypes = null!,
            MaxBytes = 0,
            MaxFileNameBytes = 0,
        };

        var failures = new UploadPolicyOptionsValidator().Validate(name: null, options).Failures;

        Assert.Equal(3, failures!.Count());
        Assert.Throws<ArgumentException>(() =>
            new UploadPolicy(new UploadPolicyOptions { AllowedTypes = new Dictionary<string, string[]> { ["a/b"] = [] } })
        );
    }
}
