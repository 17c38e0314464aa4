namespace LedgerLift.Auditing.Contract;

/// <summary>What a query must answer, written down naively.</summary>
internal static class AuditModel
{
    public static List<AuditEntry> Query(IEnumerable<AuditEntry> entries, AuditFilters filters) =>
        [
            .. entries
                .Where(entry => filters.Action is null || entry.Action == filters.Action)
                .Where(entry => filters.ResourceType is null || entry.ResourceType == filters.ResourceType)
                .Where(entry => filters.Result is null || entry.Result == filters.Result)
                .Where(entry => filters.ResourceId is null || entry.ResourceId == filters.ResourceId)
                .Where(entry => filters.UserId is null || entry.UserId == filters.UserId)
                .Where(entry => filters.RequestId is null || entry.RequestId == filters.RequestId)
                .Where(entry => filters.From is null || entry.Timestamp >= filters.From)
                .Where(entry => filters.To is null || entry.Timestamp < filters.To)
                .OrderByDescending(entry => entry.Timestamp)
                .ThenByDescending(entry => entry.Id.ToString(), StringComparer.Ordinal),
        ];
}
