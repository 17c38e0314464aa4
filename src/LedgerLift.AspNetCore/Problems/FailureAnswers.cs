using LedgerLift.Auth;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LedgerLift.AspNetCore;

/// <summary>Says what a failure is answered with: first by the host's rules, then by this package's. Nothing of the exception itself is in an answer. Thread-safe.</summary>
internal sealed class FailureAnswers(LedgerLiftAspNetCoreOptions options, TimeProvider time, ILogger<FailureAnswers> logger)
{
    private static readonly FailureAnswers Default = new(
        new LedgerLiftAspNetCoreOptions(),
        TimeProvider.System,
        NullLogger<FailureAnswers>.Instance
    );

    private readonly Func<Exception, ProblemAnswer?>[] _rules = [.. options.Failures];
    private readonly Dictionary<int, string> _codes = new(options.StatusCodes);

    public TimeSpan RetryAfter { get; } = options.RetryAfter;

    public DateTimeOffset Now => time.GetUtcNow();

    public ILogger Logger => logger;

    /// <summary>The host's, or the defaults where it registered none.</summary>
    public static FailureAnswers Of(IServiceProvider services) => services.GetService<FailureAnswers>() ?? Default;

    public static FailureAnswers Create(IServiceProvider services) =>
        new(
            services.GetRequiredService<IOptions<LedgerLiftAspNetCoreOptions>>().Value,
            services.GetService<TimeProvider>() ?? TimeProvider.System,
            services.GetService<ILogger<FailureAnswers>>() ?? NullLogger<FailureAnswers>.Instance
        );

    public string CodeOf(int status) => _codes.TryGetValue(status, out var code) ? code : StatusCodeNames.Of(status);

    public ProblemAnswer AnswerTo(int status) => new(status, CodeOf(status));

    /// <summary>The answer to what ended a request; found once, however many middlewares ask.</summary>
    public ProblemAnswer AnswerTo(Exception failure, HttpContext context)
    {
        if (context.Items[typeof(FailureAnswers)] is (Exception known, ProblemAnswer answer) && ReferenceEquals(known, failure))
            return answer;

        answer = AnswerTo(failure);
        context.Items[typeof(FailureAnswers)] = (failure, answer);
        return answer;
    }

    private ProblemAnswer AnswerTo(Exception failure) =>
        AskRules(failure)
        ?? failure switch
        {
            BadHttpRequestException { StatusCode: >= 400 and <= 599 } refused => AnswerTo(refused.StatusCode),
            SignedBodyException refused => AnswerTo(refused.Verdict),
            TokenStoreException { Code: not TokenStoreErrorCodes.DuplicateJti } => new ProblemAnswer(
                StatusCodes.Status503ServiceUnavailable,
                AspNetCoreErrorCodes.TokenStoreUnavailable
            ),
            _ => AnswerTo(StatusCodes.Status500InternalServerError),
        };

    /// <summary>All bad signatures look the same; only a body that is too long says so.</summary>
    public ProblemAnswer AnswerTo(SignatureVerdict verdict) =>
        verdict is SignatureVerdict.BodyTooLarge
            ? AnswerTo(StatusCodes.Status413PayloadTooLarge)
            : new ProblemAnswer(StatusCodes.Status401Unauthorized, AspNetCoreErrorCodes.InvalidSignature);

    private ProblemAnswer? AskRules(Exception failure)
    {
        foreach (var rule in _rules)
        {
            try
            {
                if (rule(failure) is { } answer)
                    return answer;
            }
#pragma warning disable CA1031 // A rule of the host's that throws must not hide the failure it was asked about.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                Log.FailureRuleFailed(logger, fault);
            }
        }

        return null;
    }
}
