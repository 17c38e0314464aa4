namespace LedgerLift.Auth;

/// <summary>The verdict on a request's head, and its body to be verified while it is read.</summary>
/// <remarks>
/// <see cref="Content"/> throws a <see cref="SignedBodyException"/> instead of giving its last bytes, when the body is not the one that was signed.
/// Whoever stores what was read must therefore make it count only once the end was reached, and can ask <see cref="IsVerified"/>. One reader at a time.
/// </remarks>
public sealed class SignedBody
{
    private readonly SignedBodyStream? _content;

    internal SignedBody(SignatureVerdict verdict) => Verdict = verdict;

    internal SignedBody(SignedBodyStream content)
    {
        _content = content;
        Verdict = SignatureVerdict.Valid;
    }

    /// <summary>What was found before the body: <see cref="SignatureVerdict.Valid"/>, or why the request is refused.</summary>
    public SignatureVerdict Verdict { get; }

    /// <summary>The body, to be read once and asynchronously; null when the request is refused. Disposing it leaves the request's own stream open.</summary>
    public Stream? Content => _content;

    /// <summary>Whether the body was read to its end and is the one that was signed.</summary>
    public bool IsVerified => _content is { IsVerified: true };
}
