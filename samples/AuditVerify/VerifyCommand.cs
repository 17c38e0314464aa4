using LedgerLift.Auditing;

namespace LedgerLift.Samples.AuditVerify;

/// <summary>The whole command; its streams are parameters, so that it can be tested.</summary>
internal static class VerifyCommand
{
    public static async Task<int> RunAsync(
        IReadOnlyList<string> args,
        TextWriter output,
        TextWriter error,
        CancellationToken cancellationToken = default
    )
    {
        var keys = new List<AuditSigningKey>();
        try
        {
            var arguments = VerifyArguments.Parse(args);
            await ReadKeysAsync(arguments, keys, cancellationToken);
            var anchors = await ReadAnchorsAsync(arguments, cancellationToken);
            var verifier = new FileVerifier(keys, anchors, arguments.Origin, output);
            var clean = true;
            foreach (var file in arguments.Files)
                clean &= await verifier.VerifyAsync(file, cancellationToken);
            return clean ? ExitCodes.Clean : ExitCodes.Tampered;
        }
        catch (UsageException wrong)
        {
            await error.WriteLineAsync($"audit-verify: {wrong.Message}\n\n{VerifyArguments.Usage}");
            return ExitCodes.CannotTell;
        }
        catch (Exception exception)
            when (exception
                    is IOException
                        or UnauthorizedAccessException
                        or AuditException
                        or ArgumentException
                        or FormatException
                        or OperationCanceledException
            )
        {
            await error.WriteLineAsync($"audit-verify: {exception.Message}");
            return ExitCodes.CannotTell;
        }
        finally
        {
            keys.ForEach(key => key.Dispose());
        }
    }

    private static async Task ReadKeysAsync(VerifyArguments arguments, List<AuditSigningKey> keys, CancellationToken cancellationToken)
    {
        foreach (var (id, file) in arguments.PublicKeys)
            keys.Add(AuditSigningKey.FromPem(id, await File.ReadAllTextAsync(file, cancellationToken)));
        foreach (var (id, file) in arguments.Secrets)
            keys.Add(AuditSigningKey.FromSecret(id, Convert.FromBase64String(await File.ReadAllTextAsync(file, cancellationToken))));
    }

    private static async Task<List<AuditCheckpoint>> ReadAnchorsAsync(VerifyArguments arguments, CancellationToken cancellationToken)
    {
        var anchors = new List<AuditCheckpoint>();
        foreach (var file in arguments.Anchors)
        {
            // A file that is missing must not look like one without checkpoints.
            if (!File.Exists(file))
                throw new FileNotFoundException($"There is no anchor file '{file}'.", file);
            using var anchor = new FileAuditAnchor(file);
            await foreach (var checkpoint in anchor.ReadAsync(cancellationToken))
                anchors.Add(checkpoint);
        }

        return anchors;
    }
}
