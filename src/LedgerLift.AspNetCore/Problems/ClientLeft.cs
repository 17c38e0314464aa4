using Microsoft.AspNetCore.Http;

namespace LedgerLift.AspNetCore;

/// <summary>Tells a failure of ours from a caller that went away.</summary>
internal static class ClientLeft
{
    public static bool Caused(Exception failure, HttpContext context) =>
        failure is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested;
}
