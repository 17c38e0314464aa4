namespace LedgerLift.AspNetCore;

/// <summary>Which requests are traced, and how. Read once, when the pipeline is built.</summary>
public sealed class RequestTracingOptions
{
    /// <summary>
    /// Paths that leave no span and no measurement, neither ours nor the framework's. <c>*</c> stands for any characters, also none and also slashes, <c>?</c> for one.
    /// Case, a trailing slash and percent-escapes make no difference. The default is empty.
    /// </summary>
    public IList<string> ExcludedPaths { get; set; } = [];

    /// <summary>Which status a span gets. The default is <see cref="SpanStatusConvention.OkBelow500"/>.</summary>
    public SpanStatusConvention StatusConvention { get; set; } = SpanStatusConvention.OkBelow500;
}
