namespace DocumentPipeline;

/// <summary>What one transaction changes: one line of the journal, so all of it is kept or nothing.</summary>
internal sealed record ChangeSet
{
    public IReadOnlyList<QueuedDocument> Documents { get; init; } = [];
    public IReadOnlyList<UploadReservation> Reservations { get; init; } = [];
    public IReadOnlyList<string> ReservationsGone { get; init; } = [];
    public IReadOnlyList<Artifact> Artifacts { get; init; } = [];
    public IReadOnlyList<Guid> ArtifactsGone { get; init; } = [];
    public IReadOnlyList<DoomedObject> Doomed { get; init; } = [];
    public IReadOnlyList<string> DoomedGone { get; init; } = [];
    public IReadOnlyList<string> Trail { get; init; } = [];
}
