using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace LedgerLift.Auth.Redis;

/// <summary>The question whether a token is active: the one that every request of a host asks.</summary>
/// <remarks>A type of its own and no tuple, since code that is generic over a tuple of references is shared, and looks up at run time what it is about.</remarks>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ActiveCheck(RedisTokenStore Store, string Jti, string? UserId)
{
    /// <summary>Whether what the server said is enough for a yes.</summary>
    [SuppressMessage("Usage", "VSTHRD002", Justification = "The task has completed.")]
    internal bool IsYes(Task<double?> liveUntil) => liveUntil.IsCompletedSuccessfully && liveUntil.Result > Store.Now();
}
