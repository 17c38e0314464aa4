using LedgerLift.Auditing;

namespace DocumentPipeline;

/// <summary>Everything the folder holds, in memory. Not thread-safe: the journal's lock stands around it.</summary>
internal sealed class FolderState
{
    public Dictionary<Guid, QueuedDocument> Documents { get; } = [];
    public Dictionary<string, UploadReservation> Reservations { get; } = new(StringComparer.Ordinal);
    public Dictionary<Guid, List<Artifact>> Artifacts { get; } = [];
    public Dictionary<string, DoomedObject> Doomed { get; } = new(StringComparer.Ordinal);
    public List<AuditEntry> Trail { get; } = [];

    public void Apply(ChangeSet changes)
    {
        foreach (var document in changes.Documents)
            Documents[document.Document.Id] = document;
        foreach (var reservation in changes.Reservations)
            Reservations[reservation.Key] = reservation;
        foreach (var key in changes.ReservationsGone)
            Reservations.Remove(key);
        foreach (var group in changes.Artifacts.GroupBy(artifact => artifact.DocumentId))
            Artifacts[group.Key] = [.. group];
        foreach (var id in changes.ArtifactsGone)
            Artifacts.Remove(id);
        foreach (var doomed in changes.Doomed)
            Doomed[doomed.Key] = doomed;
        foreach (var key in changes.DoomedGone)
            Doomed.Remove(key);
        foreach (var entry in changes.Trail)
            Trail.Add(AuditEntry.FromJson(entry));
    }
}
