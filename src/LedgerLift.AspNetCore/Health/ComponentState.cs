using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LedgerLift.AspNetCore;

/// <summary>What was found out about a component.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Status">How it is.</param>
/// <param name="Duration">How long it took to find out.</param>
/// <param name="CheckedAt">When that was.</param>
/// <param name="Description">What its check says, with nothing of the inside; null for nothing.</param>
/// <param name="Data">What its check adds.</param>
internal sealed record ComponentState(
    string Name,
    HealthStatus Status,
    TimeSpan Duration,
    DateTimeOffset CheckedAt,
    string? Description,
    IReadOnlyDictionary<string, object> Data
)
{
    /// <summary>The key under which a check that keeps its answer for a while says when it was found.</summary>
    public const string CheckedAtKey = "checkedAt";

    public static ComponentState Of(string name, HealthCheckResult result, TimeSpan duration, DateTimeOffset now) =>
        new(
            name,
            result.Status,
            duration,
            result.Data.TryGetValue(CheckedAtKey, out var at) && at is DateTimeOffset earlier ? earlier : now,
            // Checks of strangers like to copy the exception's text into the description.
            result.Exception
                is { } failure
                ? FailureText(failure)
                : result.Description,
            result.Data
        );

    /// <summary>Says no more of an exception than its type.</summary>
    public static string FailureText(Exception failure) => $"The check failed ({failure.GetType().Name}).";
}
