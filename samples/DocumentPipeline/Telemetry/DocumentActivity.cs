using System.Diagnostics;

namespace DocumentPipeline;

/// <summary>The work on a document, as a part of the trace of the request that registered it.</summary>
internal static class DocumentActivity
{
    /// <summary>What listeners subscribe to.</summary>
    public const string SourceName = "DocumentPipeline";

    private const string Name = "process document";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Starts it. Also without a listener: the lines of the log and the entries of the trail name the trace.</summary>
    public static Activity Start(WorkItem item)
    {
        var parent = item.Document.TraceParent;
        var activity = Source.StartActivity(Name, ActivityKind.Consumer, parent);
        if (activity is null)
        {
            activity = new Activity(Name);
            if (parent is not null)
                activity.SetParentId(parent);
            activity.Start();
        }

        return activity.SetTag("document.id", item.Document.Id.ToString()).SetTag("document.attempt", item.Attempt);
    }
}
