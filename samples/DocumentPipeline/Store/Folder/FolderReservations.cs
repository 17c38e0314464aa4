namespace DocumentPipeline;

/// <summary>What users announced and have not registered yet.</summary>
internal sealed class FolderReservations(FolderJournal journal, FolderTrail trail, FolderClock clock)
{
    public static UploadReservation? Find(FolderState state, string userId, string key, DateTimeOffset now) =>
        state.Reservations.GetValueOrDefault(key) is { } found && found.UserId == userId && found.ExpiresAt > now ? found : null;

    public static UploadReservation? FindMultipart(FolderState state, string userId, string uploadId, DateTimeOffset now) =>
        state.Reservations.Values.FirstOrDefault(found => found.UploadId == uploadId && found.UserId == userId && found.ExpiresAt > now);

    public Task AddAsync(UploadReservation reservation, Actor actor, CancellationToken cancellationToken) =>
        journal.RunAsync(
            _ => (true, new ChangeSet { Reservations = [reservation], Trail = [Entry(TrailActions.Announced, reservation, actor)] }),
            cancellationToken
        );

    public Task CancelAsync(UploadReservation reservation, Actor actor, CancellationToken cancellationToken) =>
        journal.RunAsync(
            state =>
                state.Reservations.ContainsKey(reservation.Key)
                    ? (true, Gone([reservation], TrailActions.Cancelled, actor))
                    : (false, (ChangeSet?)null),
            cancellationToken
        );

    public Task<int> ExpireAsync(int limit, CancellationToken cancellationToken) =>
        journal.RunAsync(
            state =>
            {
                var now = clock.Now();
                var expired = state.Reservations.Values.Where(reservation => reservation.ExpiresAt <= now).Take(limit).ToList();
                return (expired.Count, expired.Count == 0 ? null : Gone(expired, TrailActions.Expired, Actor.Service));
            },
            cancellationToken
        );

    private ChangeSet Gone(List<UploadReservation> gone, string action, Actor actor) =>
        new()
        {
            ReservationsGone = [.. gone.Select(reservation => reservation.Key)],
            Doomed =
            [
                .. gone.Select(reservation => new DoomedObject(
                    reservation.Key,
                    reservation.UploadId,
                    reservation.FileSize,
                    reservation.PartSize
                )),
            ],
            Trail = [.. gone.Select(reservation => Entry(action, reservation, actor))],
        };

    private string Entry(string action, UploadReservation reservation, Actor actor) =>
        trail.Entry(Trail.Reserved(action, reservation, actor));
}
