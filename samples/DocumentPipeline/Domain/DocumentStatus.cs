namespace DocumentPipeline;

/// <summary>Where a document stands; <see cref="DocumentTransitions"/> says which way it may go on.</summary>
public enum DocumentStatus
{
    /// <summary>Registered, and waiting for a worker.</summary>
    Uploaded,

    /// <summary>In the hands of a worker.</summary>
    Processing,

    /// <summary>Done: its artifacts are there.</summary>
    Completed,

    /// <summary>Given up on; <see cref="Document.ErrorMessage"/> says why.</summary>
    Failed,

    /// <summary>Waiting for another try.</summary>
    Retrying,
}
