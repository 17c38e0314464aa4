using System.Diagnostics;
using LedgerLift.Auditing;
using LedgerLift.Logging;

namespace DocumentPipeline;

/// <summary>Makes the audit entries that stand in a line of the journal beside the fact they record.</summary>
internal sealed class FolderTrail(FolderClock clock)
{
    public string Entry(AuditAction action)
    {
        var now = clock.Now();
        return new AuditEntry(Guid.CreateVersion7(now), now, action.Action, action.ResourceType, action.Result)
        {
            ResourceId = action.ResourceId,
            UserId = action.UserId,
            IpAddress = action.IpAddress,
            UserAgent = action.UserAgent,
            Details = action.Details,
            RequestId = RequestContext.RequestId,
            TraceId = Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.TraceId.ToHexString() : null,
        }.ToJson();
    }
}
