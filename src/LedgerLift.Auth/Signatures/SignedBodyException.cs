namespace LedgerLift.Auth;

#pragma warning disable CA1032, RCS1194 // The verdict is part of every instance.
/// <summary>A body turned out, while it was read, not to be the one that was signed, or to be too long. What was read of it must be thrown away.</summary>
public sealed class SignedBodyException : IOException
{
    internal SignedBodyException(SignatureVerdict verdict)
        : base(
            verdict is SignatureVerdict.BodyTooLarge
                ? "The body is longer than allowed; it was not read on."
                : "The body is not the one that was signed."
        ) => Verdict = verdict;

    /// <summary><see cref="SignatureVerdict.Mismatch"/> or <see cref="SignatureVerdict.BodyTooLarge"/>.</summary>
    public SignatureVerdict Verdict { get; }
}
