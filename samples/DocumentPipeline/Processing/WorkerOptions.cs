using LedgerLift.Resilience;

namespace DocumentPipeline;

/// <summary>How documents are worked on.</summary>
public sealed class WorkerOptions
{
    /// <summary>Documents worked on at once, from 1. Default 2.</summary>
    public int Parallelism { get; set; } = 2;

    /// <summary>How long a document stays with a worker that went silent. Renewed three times as often. Default 30 s.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Pause before an empty queue is asked again. Default 500 ms.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Tries before a document counts as poison and ends failed. Default 5.</summary>
    public int MaxAttempts { get; set; } = 5;

    /// <summary>Pauses between the tries of a document. Default from 2 s, doubling, to 5 min, jitter 0.2.</summary>
    public RetryOptions Retry { get; set; } = new() { BaseDelay = TimeSpan.FromSeconds(2), MaxDelay = TimeSpan.FromMinutes(5) };

    /// <summary>What a document may cost.</summary>
    public ExtractionLimits Limits { get; set; } = new();
}
