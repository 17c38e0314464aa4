using FsCheck;
using FsCheck.Fluent;
using LedgerLift.Auth;
using LedgerLift.Data;
using LedgerLift.Resilience;
using LedgerLift.Storage;

namespace LedgerLift.Requirements.Tests;

public sealed class ValidationProperties
{
    [Fact, Trait("Property", "18")]
    public void Whatever_is_refused_is_an_argument_exception_that_says_something() =>
        Prop.ForAll(
                Cases.Of(Gen.Choose(int.MinValue, 0)),
                Cases.Blank,
                (number, blank) =>
                {
                    Func<object>[] calls =
                    [
                        () => new CircuitBreaker(""),
                        () => new CircuitBreaker("name", new CircuitBreakerOptions { FailureThreshold = number }),
                        () => new RetryBudget(new RetryBudgetOptions { Ratio = number - 0.5 }),
                        () =>
                            new ResilienceExecutor(
                                "name",
                                new ResiliencePolicyOptions { Retry = new RetryOptions { Multiplier = number - 0.5 } }
                            ),
                        () => new PostgresDatabase(new DatabaseOptions { ConnectionString = "Host=a", PoolSize = number }),
                        () => new InMemoryTokenStore(new InMemoryTokenStoreOptions { MaxEntries = number }),
                        () => new StoredToken(blank, "user", DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue),
                        () => new HmacSignatureVerifier(new HmacSignatureOptions { MaxBodyBytes = number }),
                        () => new UploadPolicy(new UploadPolicyOptions { MaxBytes = number }),
                    ];
                    foreach (var (index, call) in calls.Index())
                    {
                        var fault = Record.Exception(() => call());
                        Assert.True(fault is ArgumentException { Message.Length: > 0 }, $"Call {index}: {fault}");
                    }
                }
            )
            .Check(Cases.Config);
}
