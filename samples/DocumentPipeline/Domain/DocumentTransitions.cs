namespace DocumentPipeline;

/// <summary>The one place that knows which status may follow which.</summary>
public static class DocumentTransitions
{
    private static readonly (DocumentStatus From, DocumentStatus To)[] Allowed =
    [
        (DocumentStatus.Uploaded, DocumentStatus.Processing),
        (DocumentStatus.Processing, DocumentStatus.Completed),
        (DocumentStatus.Processing, DocumentStatus.Failed),
        (DocumentStatus.Processing, DocumentStatus.Retrying),
        (DocumentStatus.Retrying, DocumentStatus.Processing),
        (DocumentStatus.Retrying, DocumentStatus.Failed),
        (DocumentStatus.Failed, DocumentStatus.Retrying),
    ];

    /// <summary>Whether a document may go from one status to the other.</summary>
    public static bool IsAllowed(DocumentStatus from, DocumentStatus to) => Allowed.Contains((from, to));

    /// <summary>Refuses what <see cref="IsAllowed"/> does not allow.</summary>
    /// <exception cref="RefusedException"><c>illegal_transition</c>.</exception>
    public static void Check(DocumentStatus from, DocumentStatus to)
    {
        if (!IsAllowed(from, to))
            throw new RefusedException(
                RefusalCodes.IllegalTransition,
                $"A document that is {StatusNames.Of(from)} cannot become {StatusNames.Of(to)}."
            );
    }
}
