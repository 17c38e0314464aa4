namespace LedgerLift.Benchmarks;

/// <summary>The costs of LedgerLift.Auth beside those of its peers.</summary>
internal sealed class AuthGroup : IBenchmarkGroup
{
    public string Name => "auth";

    public string Notes =>
        """
            Needs Redis: `eng/services up redis`. Client and server share the machine, and the server writes to disk before it answers.

            The store in memory holds 100 000 tokens, as do the peers; the token that is looked up is another one of 4096 each time. A store beyond the limit lets
            the oldest entry go, as ours always does; the dictionary gets a queue for it, `MemoryCache` has none and grows. Neither peer has revocation, users or
            a limit per user.

            On Redis a row is 512 callers on one connection, ours and bare `ZSCORE`s of the same entry: each asks 32 times, again when it has its answer, and ns is the
            time of all 16 384 checks. It is a token that was asked for before, as most are that come with a request: the first check of a token hashes its jti, which
            takes some 0.5 µs more. Bare commands are answered on the client's one delivering thread; ours hop off it, lest a caller that blocks holds up all others. The
            server's time for a revoke-all is what the server itself counts for all commands of the call, over a user with a million tokens; `DEL` of such a set
            stands beside it.

            A verification is that of a body of 1 kB, without the replay guard; the peer is one `HMACSHA256.HashData` over the same bytes. The stream is 1 GB of
            zeros through a canonical signature, beside SHA-256 over the same blocks; they take turns, and the ratio is taken within a turn.
            """;

    public async Task RunAsync(BenchmarkRun run)
    {
        await AuthMemoryPart.RunAsync(run);
        await AuthSignaturePart.RunAsync(run);
        await AuthStreamPart.RunAsync(run);
        await AuthRedisPart.RunAsync(run);
    }
}
