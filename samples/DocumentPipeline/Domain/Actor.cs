namespace DocumentPipeline;

/// <summary>Who did something, for the trail.</summary>
public sealed record Actor(string? UserId, string? IpAddress = null, string? UserAgent = null)
{
    /// <summary>The service itself: workers and sweeps.</summary>
    public static Actor Service { get; } = new(UserId: null);
}
