using LedgerLift.Auditing.Postgres;
using LedgerLift.Data;
using LedgerLift.Resilience;

namespace DocumentPipeline;

/// <summary>What users announced and have not registered yet.</summary>
internal sealed class PostgresReservations(IDatabase database, PostgresAuditLogger audit)
{
    public async Task AddAsync(UploadReservation reservation, Actor actor, CancellationToken cancellationToken) =>
        await database.ExecuteInTransactionAsync(
            async (session, token) =>
            {
                await InsertAsync(session, reservation, token);
                var action = Trail.Reserved(TrailActions.Announced, reservation, actor);
                return await audit.LogActionAsync(action, session.Transaction!, token);
            },
            cancellationToken: cancellationToken
        );

    // The column is of this folder's own choice, never a caller's text.
    public async Task<UploadReservation?> FindAsync(string column, string userId, string value, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(
            OperationSafety.Idempotent,
            (session, token) =>
                session.FirstAsync(
                    $"SELECT {Rows.ReservationColumns} FROM upload_reservations WHERE {column} = @value AND user_id = @user AND expires_at > now()",
                    Rows.Reservation,
                    token,
                    ("value", value),
                    ("user", userId)
                ),
            cancellationToken
        );

    public async Task CancelAsync(UploadReservation reservation, Actor actor, CancellationToken cancellationToken) =>
        await database.ExecuteInTransactionAsync(
            async (session, token) =>
            {
                var gone = await session.ExecuteAsync("DELETE FROM upload_reservations WHERE key = @key", token, ("key", reservation.Key));
                if (gone == 0)
                    return false;
                await DoomAsync(session, reservation, token);
                var action = Trail.Reserved(TrailActions.Cancelled, reservation, actor);
                await audit.LogActionAsync(action, session.Transaction!, token);
                return true;
            },
            cancellationToken: cancellationToken
        );

    public async Task<int> ExpireAsync(int limit, CancellationToken cancellationToken) =>
        await database.ExecuteInTransactionAsync(
            async (session, token) =>
            {
                var expired = await session.QueryAsync(
                    $"""
                    DELETE FROM upload_reservations WHERE key IN
                        (SELECT key FROM upload_reservations WHERE expires_at <= now() ORDER BY expires_at LIMIT @limit FOR UPDATE SKIP LOCKED)
                    RETURNING {Rows.ReservationColumns}
                    """,
                    Rows.Reservation,
                    token,
                    ("limit", limit)
                );
                foreach (var reservation in expired)
                {
                    await DoomAsync(session, reservation, token);
                    var action = Trail.Reserved(TrailActions.Expired, reservation, Actor.Service);
                    await audit.LogActionAsync(action, session.Transaction!, token);
                }

                return expired.Count;
            },
            cancellationToken: cancellationToken
        );

    private static ValueTask DoomAsync(DatabaseSession session, UploadReservation gone, CancellationToken cancellationToken) =>
        Doomed.AddAsync(session, gone.Key, gone.UploadId, gone.FileSize, gone.PartSize, cancellationToken);

    private static async ValueTask InsertAsync(
        DatabaseSession session,
        UploadReservation reservation,
        CancellationToken cancellationToken
    ) =>
        await session.ExecuteAsync(
            $"""
            INSERT INTO upload_reservations ({Rows.ReservationColumns})
            VALUES (@key, @user, @name, @type, @size, @sha256, @md5, @upload, @part, @expires)
            """,
            cancellationToken,
            ("key", reservation.Key),
            ("user", reservation.UserId),
            ("name", reservation.FileName),
            ("type", reservation.ContentType),
            ("size", reservation.FileSize),
            ("sha256", reservation.Sha256),
            ("md5", reservation.Md5),
            ("upload", reservation.UploadId),
            ("part", reservation.PartSize),
            ("expires", reservation.ExpiresAt)
        );
}
