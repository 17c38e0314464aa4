using System.Globalization;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace LedgerLift.Auditing.Postgres;

/// <summary>A page's SELECT: only the filters that are set, every value a parameter, the place of the cursor as a row comparison.</summary>
internal sealed class EntryQuery
{
    private readonly StringBuilder _where = new();
    private readonly NpgsqlParameterCollection _parameters;

    private EntryQuery(NpgsqlParameterCollection parameters) => _parameters = parameters;

    /// <summary>The text, whose parameters are added; one row more than the page, which tells whether there is another page.</summary>
    internal static string Write(NpgsqlParameterCollection parameters, string schema, AuditQuery query)
    {
        var text = new EntryQuery(parameters);
        text.AddFilters(query.Filters);
        if (query.After is { } after)
            text.AddPlace(after);
        var limit = (query.Filters.Limit + 1).ToString(CultureInfo.InvariantCulture);
        return $"SELECT {EntryColumns.List} FROM {schema}.audit_entries{text._where} ORDER BY ts DESC, id DESC LIMIT {limit}";
    }

    private void AddFilters(AuditFilters filters)
    {
        AddText("user_id", filters.UserId);
        AddText("action", filters.Action);
        AddText("resource_type", filters.ResourceType);
        AddText("resource_id", filters.ResourceId);
        AddText("result", filters.Result);
        AddText("request_id", filters.RequestId);
        if (filters.From is { } from)
            Add($"ts >= {Time(RoundUp(from))}");
        if (filters.To is { } to)
            Add($"ts < {Time(RoundUp(to))}");
    }

    // The comparison of ts alone lets the server leave out the partitions of later months.
    private void AddPlace(AuditCursor after)
    {
        var time = Time(after.Timestamp.UtcDateTime);
        Add($"ts <= {time} AND (ts, id) < ({time}, {Parameter(new NpgsqlParameter<Guid> { TypedValue = after.Id })})");
    }

    private void AddText(string column, string? value)
    {
        if (value is not null)
            Add($"{column} = {Parameter(new NpgsqlParameter<string> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text })}");
    }

    private void Add(string condition) => _where.Append(_where.Length == 0 ? " WHERE " : " AND ").Append(condition);

    private string Time(DateTime value) =>
        Parameter(new NpgsqlParameter<DateTime> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.TimestampTz });

    private string Parameter(NpgsqlParameter parameter)
    {
        _parameters.Add(parameter);
        return string.Create(CultureInfo.InvariantCulture, $"${_parameters.Count}");
    }

    // Entries have whole microseconds, so a bound between two of them means the later one on either side.
    private static DateTime RoundUp(DateTimeOffset time)
    {
        var rest = time.UtcTicks % TimeSpan.TicksPerMicrosecond;
        return rest == 0 || time.UtcTicks > DateTimeOffset.MaxValue.UtcTicks - TimeSpan.TicksPerMicrosecond
            ? time.UtcDateTime
            : time.UtcDateTime.AddTicks(TimeSpan.TicksPerMicrosecond - rest);
    }
}
