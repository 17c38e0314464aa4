using System.Diagnostics.CodeAnalysis;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace LedgerLift.Auditing.Postgres;

/// <summary>Entries as the parameters of <see cref="EntrySql"/>.</summary>
internal static class EntryParameters
{
    private static readonly NpgsqlDbType Texts = ArrayOf(NpgsqlDbType.Text);

    internal static void Add(NpgsqlParameterCollection target, AuditEntry entry, byte[] salt)
    {
        target.Add(new NpgsqlParameter<Guid> { TypedValue = entry.Id, NpgsqlDbType = NpgsqlDbType.Uuid });
        target.Add(new NpgsqlParameter<DateTime> { TypedValue = entry.Timestamp.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        AddText(target, entry.Action);
        AddText(target, entry.ResourceType);
        AddText(target, entry.Result);
        AddText(target, entry.ResourceId);
        AddText(target, entry.UserId);
        AddText(target, entry.IpAddress);
        AddText(target, entry.UserAgent);
        AddText(target, entry.RequestId);
        AddText(target, entry.TraceId);
        AddText(target, DetailsOf(entry));
        target.Add(new NpgsqlParameter<byte[]?> { TypedValue = SaltOf(entry, salt), NpgsqlDbType = NpgsqlDbType.Bytea });
    }

    internal static void Add(NpgsqlParameterCollection target, IReadOnlyList<PendingEntry> entries)
    {
        Add(target, entries, static one => one.Entry.Id, ArrayOf(NpgsqlDbType.Uuid));
        Add(target, entries, static one => one.Entry.Timestamp.UtcDateTime, ArrayOf(NpgsqlDbType.TimestampTz));
        Add(target, entries, static one => one.Entry.Action, Texts);
        Add(target, entries, static one => one.Entry.ResourceType, Texts);
        Add(target, entries, static one => one.Entry.Result, Texts);
        Add(target, entries, static one => one.Entry.ResourceId, Texts);
        Add(target, entries, static one => one.Entry.UserId, Texts);
        Add(target, entries, static one => one.Entry.IpAddress, Texts);
        Add(target, entries, static one => one.Entry.UserAgent, Texts);
        Add(target, entries, static one => one.Entry.RequestId, Texts);
        Add(target, entries, static one => one.Entry.TraceId, Texts);
        Add(target, entries, static one => DetailsOf(one.Entry), Texts);
        Add(target, entries, static one => SaltOf(one.Entry, one.Salt), ArrayOf(NpgsqlDbType.Bytea));
    }

    // The canonical form is what is hashed; entries that are equal have the same.
    private static string? DetailsOf(AuditEntry entry) =>
        entry.CanonicalDetails is { } details ? Encoding.UTF8.GetString(details.Span) : null;

    private static byte[]? SaltOf(AuditEntry entry, byte[] salt) => entry.CanonicalDetails is null ? null : salt;

    [SuppressMessage("Critical Code Smell", "S3265", Justification = "Npgsql documents the combination with Array.")]
    private static NpgsqlDbType ArrayOf(NpgsqlDbType element) => NpgsqlDbType.Array | element;

    private static void AddText(NpgsqlParameterCollection target, string? value) =>
        target.Add(new NpgsqlParameter<string?> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text });

    private static void Add<T>(
        NpgsqlParameterCollection target,
        IReadOnlyList<PendingEntry> entries,
        Func<PendingEntry, T> column,
        NpgsqlDbType type
    )
    {
        var values = new T[entries.Count];
        for (var index = 0; index < values.Length; index++)
            values[index] = column(entries[index]);
        target.Add(new NpgsqlParameter<T[]> { TypedValue = values, NpgsqlDbType = type });
    }
}
