namespace LedgerLift.Samples.AuditVerify;

/// <summary>The command line, taken apart.</summary>
internal sealed class VerifyArguments
{
    public const string Usage = """
        Usage: audit-verify FILE… (--public-key ID=FILE.pem | --secret-file ID=FILE)… [--anchors FILE]… [--origin NAME]

        Verifies exported audit trails (trail.ndjson) and inclusion proofs (proof.json) offline.

          --public-key ID=FILE   the public half of a key that signs checkpoints, in PEM
          --secret-file ID=FILE  a shared secret that signs checkpoints, base64, at least 32 bytes
          --anchors FILE         checkpoints that were kept out of reach, one JSON object a line; without them,
                                 a trail that was cut off at its end looks whole
          --origin NAME          the name that the trail must have

        Exit code: 0 all clean, 1 tampered with, 2 cannot tell (wrong call, unreadable or malformed file).
        """;

    private VerifyArguments() { }

    public List<string> Files { get; } = [];

    public List<(string Id, string File)> PublicKeys { get; } = [];

    public List<(string Id, string File)> Secrets { get; } = [];

    public List<string> Anchors { get; } = [];

    public string? Origin { get; private set; }

    /// <summary>Takes the command line apart.</summary>
    /// <exception cref="UsageException">The arguments make no sense.</exception>
    public static VerifyArguments Parse(IReadOnlyList<string> args)
    {
        var parsed = new VerifyArguments();
        var rest = new Queue<string>(args);
        while (rest.TryDequeue(out var argument))
        {
            if (!argument.StartsWith("--", StringComparison.Ordinal))
                parsed.Files.Add(argument);
            else if (rest.TryDequeue(out var value))
                parsed.Set(argument, value);
            else
                throw new UsageException($"{argument} needs a value.");
        }

        if (parsed.Files.Count == 0)
            throw new UsageException("Which file?");
        if (parsed.PublicKeys.Count + parsed.Secrets.Count == 0)
            throw new UsageException("With which key? Give --public-key or --secret-file.");
        return parsed;
    }

    private void Set(string option, string value)
    {
        switch (option)
        {
            case "--public-key":
                PublicKeys.Add(Pair(option, value));
                break;
            case "--secret-file":
                Secrets.Add(Pair(option, value));
                break;
            case "--anchors":
                Anchors.Add(value);
                break;
            case "--origin" when Origin is null:
                Origin = value;
                break;
            default:
                throw new UsageException($"{option} is unknown, or is there twice.");
        }
    }

    private static (string Id, string File) Pair(string option, string value) =>
        value.IndexOf('=', StringComparison.Ordinal) is var split and > 0 && split < value.Length - 1
            ? (value[..split], value[(split + 1)..])
            : throw new UsageException($"{option} wants ID=FILE, and not '{value}'.");
}
