using DocumentPipeline;
using LedgerLift.AspNetCore;
using LedgerLift.Auditing;
using LedgerLift.Data;
using LedgerLift.Storage;
using Npgsql;

namespace UploadHost;

/// <summary>What each failure of the parts is answered with; the text of an exception that is not meant for callers stays inside.</summary>
internal static class FailureMap
{
    public static void Add(LedgerLiftAspNetCoreOptions options) =>
        options
            .MapFailure<RefusedException>(Refused)
            .MapFailure<ObjectNotFoundException>(_ => new ProblemAnswer(StatusCodes.Status404NotFound, RefusalCodes.NotFound))
            .MapFailure<StorageException>(Storage)
            .MapFailure<DatabaseException>(failure => failure.IsTransient ? Database() : null)
            .MapFailure<AuditException>(failure => failure.IsTransient ? Database() : null)
            .MapFailure<NpgsqlException>(failure => failure is PostgresException { IsTransient: false } ? null : Database())
            .MapFailure<BadHttpRequestException>(Malformed)
            .MapFailure<TimeoutException>(_ => (ProblemAnswer)Problems.TimedOut);

    private static ProblemAnswer Refused(RefusedException refusal)
    {
        var more = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (refusal.Errors.Count > 0)
            more["errors"] = refusal.Errors.ToArray();
        if (refusal.Differences.Count > 0)
            more["differences"] = refusal.Differences.ToArray();
        return new ProblemAnswer(Status(refusal.Code), refusal.Code) { Detail = refusal.Message, Extensions = more };
    }

    private static int Status(string code) =>
        code switch
        {
            RefusalCodes.Malformed => StatusCodes.Status400BadRequest,
            RefusalCodes.NotFound => StatusCodes.Status404NotFound,
            RefusalCodes.Duplicate or RefusalCodes.IllegalTransition => StatusCodes.Status409Conflict,
            RefusalCodes.FileTooLarge => StatusCodes.Status413PayloadTooLarge,
            _ => StatusCodes.Status422UnprocessableEntity,
        };

    private static ProblemAnswer? Storage(StorageException failure) =>
        failure.IsTransient
            ? new ProblemAnswer(StatusCodes.Status503ServiceUnavailable, "store_unavailable")
            {
                Detail = "The object store does not answer; try again later.",
                RetryAfter = (failure as StorageUnavailableException)?.RetryAfter,
            }
            : null;

    private static ProblemAnswer Database() =>
        new(StatusCodes.Status503ServiceUnavailable, "database_unavailable") { Detail = "The database does not answer; try again later." };

    private static ProblemAnswer? Malformed(BadHttpRequestException failure) =>
        failure.StatusCode == StatusCodes.Status400BadRequest
            ? new ProblemAnswer(StatusCodes.Status400BadRequest, RefusalCodes.Malformed)
            {
                Detail = "The request is not JSON of the expected shape.",
            }
            : null;
}
