using System.Text.Json;

namespace LedgerLift.Auditing;

/// <summary>One way to write an entry for others.</summary>
internal interface IExportForm
{
    /// <summary>Writes one JSON object.</summary>
    void Write(Utf8JsonWriter writer, AuditEntry entry);
}
