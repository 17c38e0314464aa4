using LedgerLift.Resilience;

namespace UploadClient;

/// <summary>How a command ends: 0 done, 1 refused, 2 wrongly called, 3 the host or the store does not answer, 130 stopped by the user.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Refused = 1;
    public const int Usage = 2;
    public const int Unavailable = 3;
    public const int Stopped = 130;

    /// <summary>The exit code of a failure; null for a fault of the program.</summary>
    public static int? Of(Exception failure) =>
        failure switch
        {
            UsageException => Usage,
            HostRefusedException { IsTransient: true } => Unavailable,
            HostRefusedException or IOException or UnauthorizedAccessException => Refused,
            HttpRequestException or TimeoutException or CircuitOpenException => Unavailable,
            OperationCanceledException => Stopped,
            _ => null,
        };

    /// <summary>The failure in a line for a person.</summary>
    public static string Explain(Exception failure) =>
        failure switch
        {
            HostRefusedException refused => refused.Message,
            HttpRequestException or CircuitOpenException => $"The host does not answer: {failure.Message}",
            TimeoutException => "The host took too long to answer.",
            OperationCanceledException => "Stopped.",
            _ => failure.Message,
        };
}
