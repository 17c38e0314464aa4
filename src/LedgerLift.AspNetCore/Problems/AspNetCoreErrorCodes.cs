namespace LedgerLift.AspNetCore;

/// <summary>The values of <c>code</c> in problem details that this package itself writes. Constants, stable across versions.</summary>
public static class AspNetCoreErrorCodes
{
    /// <summary>400: the request cannot be read.</summary>
    public const string MalformedRequest = "malformed_request";

    /// <summary>401: no token, or one that is unknown, revoked or expired.</summary>
    public const string Unauthorized = "unauthorized";

    /// <summary>401: the signature is missing, wrong, too old or was used before; which, is not said.</summary>
    public const string InvalidSignature = "invalid_signature";

    /// <summary>403: the caller is known and may not.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>404: nothing is there.</summary>
    public const string NotFound = "not_found";

    /// <summary>405: not with this method.</summary>
    public const string MethodNotAllowed = "method_not_allowed";

    /// <summary>408 and 504: it took too long.</summary>
    public const string Timeout = "timeout";

    /// <summary>409: it contradicts what is there.</summary>
    public const string Conflict = "conflict";

    /// <summary>413: the body is longer than allowed.</summary>
    public const string BodyTooLarge = "body_too_large";

    /// <summary>415: the body's type is not understood.</summary>
    public const string UnsupportedMediaType = "unsupported_media_type";

    /// <summary>422: the request can be read and is not right.</summary>
    public const string ValidationFailed = "validation_failed";

    /// <summary>429: too many requests.</summary>
    public const string RateLimited = "rate_limited";

    /// <summary>500: a fault of the server; the log has it under the request's id.</summary>
    public const string InternalError = "internal_error";

    /// <summary>503: not now.</summary>
    public const string Unavailable = "service_unavailable";

    /// <summary>503: whether the caller's token counts cannot be found out now.</summary>
    public const string TokenStoreUnavailable = "token_store_unavailable";

    /// <summary>Any other refusal from 400 to 499.</summary>
    public const string RequestRefused = "request_refused";
}
