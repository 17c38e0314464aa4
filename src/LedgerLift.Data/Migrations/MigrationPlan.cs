using System.Globalization;

namespace LedgerLift.Data;

/// <summary>Compares scripts and journal. Pure.</summary>
internal static class MigrationPlan
{
    /// <summary>The contradictions between scripts and journal, with their codes; scripts that are merely not applied yet are none.</summary>
    internal static IEnumerable<(string Code, string Message, string Script)> Contradictions(
        IReadOnlyList<MigrationScript> scripts,
        IReadOnlyList<JournalEntry> journal
    )
    {
        var known = scripts.ToDictionary(script => script.Version);
        var latest = journal.Count == 0 ? 0 : journal.Max(entry => entry.Version);
        foreach (var entry in journal.OrderBy(entry => entry.Version))
        {
            if (!known.TryGetValue(entry.Version, out var script))
                yield return (
                    DatabaseErrorCodes.MigrationDowngrade,
                    $"{entry.Name} is applied, and this program does not have it: the program is older than its database.",
                    entry.Name
                );
            else if (!string.Equals(script.Checksum, entry.Checksum, StringComparison.Ordinal) && entry.IsDone)
                yield return (
                    DatabaseErrorCodes.MigrationDrift,
                    $"{script.Name} was changed after it had been applied (checksum {script.Checksum[..8]}…, applied {entry.Checksum[..Math.Min(8, entry.Checksum.Length)]}…): undo the change and write a further script.",
                    script.Name
                );
        }

        foreach (
            var name in scripts
                .Where(script => script.Version < latest && journal.All(entry => entry.Version != script.Version))
                .Select(script => script.Name)
        )
            yield return (
                DatabaseErrorCodes.MigrationGap,
                string.Create(CultureInfo.InvariantCulture, $"{name} is not applied, and version {latest} is."),
                name
            );
    }

    internal static IEnumerable<MigrationScript> Pending(IReadOnlyList<MigrationScript> scripts, IReadOnlyList<JournalEntry> journal) =>
        scripts.Where(script => !journal.Any(entry => entry.Version == script.Version && entry.IsDone));
}
