namespace LedgerLift.AspNetCore.Tests;

public sealed class PathPatternTests
{
    [Theory]
    [InlineData("/health*", "/health", true)]
    [InlineData("/health*", "/health/", true)]
    [InlineData("/health*", "/HEALTH/database", true)]
    [InlineData("/health*", "/Healthy", true)]
    [InlineData("/health*", "/api/health", false)]
    [InlineData("/health", "/health/", true)]
    [InlineData("/health/", "/health", true)]
    [InlineData("/health", "/health/database", false)]
    [InlineData("/health", "/healthz", false)]
    [InlineData("/health", "/%68ealth", true)]
    [InlineData("/%68ealth", "/health", true)]
    [InlineData("/health/*", "/health%2Fdatabase", true)]
    [InlineData("/health/*", "/health%252Fdatabase", true)]
    [InlineData("/health/*", "/health", false)]
    [InlineData("/a?c", "/abc", true)]
    [InlineData("/a?c", "/ac", false)]
    [InlineData("*.css", "/site/main.CSS", true)]
    [InlineData("*.css", "/site/main.css.map", false)]
    [InlineData("/*/parts/*", "/up/1/parts/2", true)]
    [InlineData("/", "/", true)]
    [InlineData("/", "/x", false)]
    [InlineData("/*", "/", true)]
    [InlineData("/straße", "/STRAßE", true)]
    [InlineData("/info", "/İNFO", false)]
    public void Paths_are_compared_without_case_trailing_slash_and_escapes(string pattern, string path, bool matches) =>
        Assert.Equal(matches, new PathPattern(pattern).Matches(path));

    [Fact]
    public void A_hostile_path_takes_no_longer_than_pattern_times_path()
    {
        var pattern = new PathPattern("/" + string.Concat(Enumerable.Repeat("*a", 50)) + "b");

        Assert.False(pattern.Matches("/" + new string('a', 8000)));
    }

    [Theory]
    [InlineData("health")]
    [InlineData("")]
    public void A_pattern_begins_with_a_slash_or_a_star(string pattern)
    {
        var result = new RequestTracingOptionsValidator().Validate(null, new RequestTracingOptions { ExcludedPaths = { pattern } });

        Assert.Contains($"'{pattern}'", Assert.Single(result.Failures!), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_is_reported()
    {
        var options = new RequestTracingOptions { ExcludedPaths = null!, StatusConvention = (SpanStatusConvention)7 };

        Assert.Equal(2, new RequestTracingOptionsValidator().Validate(null, options).Failures!.Count());
        Assert.True(new RequestTracingOptionsValidator().Validate(null, new RequestTracingOptions()).Succeeded);
    }
}
