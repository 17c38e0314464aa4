using System.Runtime.CompilerServices;
using StackExchange.Redis;

namespace LedgerLift.Auth.Redis;

/// <content>A user's live tokens.</content>
public sealed partial class RedisTokenStore
{
    private const int PageSize = 256;

    private static readonly Func<TokenPage, string> ListOutcome = static _ => "listed";

    private async IAsyncEnumerable<StoredToken> ListAsync(string userId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var place = TokenPlace.Begin(Now());
        while (true)
        {
            var page = await _execution
                .RunAsync(
                    RedisOperation.List,
                    (store: this, userId, place),
                    static (call, database, token) => call.store.ReadPageAsync(database, call.userId, call.place, token),
                    ListOutcome,
                    cancellationToken
                )
                .ConfigureAwait(false);
            foreach (var token in page.Tokens)
                yield return token;
            if (page.IsLast)
                yield break;
            place = page.Next;
        }
    }

    private async ValueTask<TokenPage> ReadPageAsync(
        IDatabase database,
        string userId,
        TokenPlace place,
        CancellationToken cancellationToken
    )
    {
        var entries = await _commands
            .ListAsync(database, userId, place.ExpiresAt, place.IsInclusive, place.Skip, PageSize, cancellationToken)
            .ConfigureAwait(false);
        // All together: the connection sends them in one go.
        var records = await Task.WhenAll(
                entries.Select(entry => ReadEntryAsync(database, userId, entry.Element, cancellationToken).AsTask())
            )
            .ConfigureAwait(false);
        return new TokenPage(
            [.. records.OfType<TokenRecord>().Select(record => record.ToToken(revoked: false))],
            place.After(entries),
            IsLast: entries.Length < PageSize
        );
    }

    private async ValueTask<TokenRecord?> ReadEntryAsync(
        IDatabase database,
        string userId,
        RedisValue member,
        CancellationToken cancellationToken
    )
    {
        if (!TokenMember.TryRead(member, out var isFamily, out var hash))
            return null;
        var jti = isFamily ? await _commands.ReadCurrentAsync(database, userId, hash, cancellationToken).ConfigureAwait(false) : hash;
        return jti is { } known ? await _commands.ReadRecordAsync(database, known, cancellationToken).ConfigureAwait(false) : null;
    }
}
