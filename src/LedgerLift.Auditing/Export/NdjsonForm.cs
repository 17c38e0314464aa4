using System.Text.Json;

namespace LedgerLift.Auditing;

/// <summary>The entry's own JSON.</summary>
internal sealed class NdjsonForm : IExportForm
{
    public void Write(Utf8JsonWriter writer, AuditEntry entry) => AuditEntryJson.Write(writer, entry);
}
