using System.Globalization;
using System.Text.Json;
using LedgerLift.Auditing;

namespace LedgerLift.Benchmarks;

/// <summary>The entries of the benchmarks.</summary>
internal static class AuditingRows
{
    public const int Months = 6;
    public const int Users = 100;

    private static readonly JsonElement s_details = JsonDocument
        .Parse("""{"fileName":"invoice-2030-06.pdf","bytes":1048576,"sha256":"9f86d081884c7d659a2feaa0c55ad015"}""")
        .RootElement;

    public static DateTimeOffset Start { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static AuditAction Action(int number) =>
        new("document.upload", "document")
        {
            ResourceId = string.Create(CultureInfo.InvariantCulture, $"uploads/2030/06/15/{number}.pdf"),
            UserId = string.Create(CultureInfo.InvariantCulture, $"user-{number % Users}"),
            IpAddress = "2001:db8::1",
            Details = s_details,
        };

    /// <summary>An INSERT of some numbered entries out of all, spread evenly over the months.</summary>
    public static string Fill(string schema, int from, int to, int all) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            INSERT INTO {{schema}}.audit_entries (ts, id, action, resource_type, result, resource_id, user_id, ip_address, request_id, details, salt)
            SELECT '{{Start:O}}'::timestamptz + interval '180 days' * (i::float8 / {{all}}), gen_random_uuid(),
                CASE i % 5 WHEN 0 THEN 'document.upload' WHEN 1 THEN 'document.view' ELSE 'document.approve' END, 'document',
                CASE i % 20 WHEN 0 THEN 'denied' ELSE 'success' END, 'doc-' || i % ({{all}} / 10), 'user-' || i % {{Users}}, '2001:db8::1', 'request-' || i,
                '{"bytes":1048576}', decode('000102030405060708090a0b0c0d0e0f', 'hex')
            FROM generate_series({{from}}, {{to - 1}}) i
            """
        );
}
