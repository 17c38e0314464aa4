using System.Diagnostics.CodeAnalysis;

namespace LedgerLift.Storage;

/// <summary>Whether what arrived is what was announced.</summary>
/// <param name="Matches">Whether it is there and differs in nothing.</param>
/// <param name="Object">The object, or null when there is none.</param>
/// <param name="Differences">Every difference; empty when it matches, and when nothing is there.</param>
[SuppressMessage("Naming", "CA1720", Justification = "A store of objects calls its things objects.")]
public sealed record UploadConfirmation(bool Matches, StoredObject? Object, IReadOnlyList<UploadDifference> Differences);
