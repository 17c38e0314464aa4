using System.Net.Sockets;
using FsCheck;
using FsCheck.Fluent;
using LedgerLift.Resilience;
using Npgsql;

namespace LedgerLift.Data.Tests;

public sealed class DatabaseFailureClassifierProperties
{
    private const string Letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(2000);

    private static readonly string[] KnownStates =
    [
        "08000",
        "08006",
        "08007",
        "0A000",
        "23505",
        "25006",
        "25P02",
        "25P03",
        "25P04",
        "26000",
        "40000",
        "40001",
        "40003",
        "40P01",
        "42P05",
        "53300",
        "55000",
        "55P03",
        "57014",
        "57P01",
        "57P02",
        "57P03",
        "57P05",
        "58030",
        "XX000",
    ];

    private static readonly Gen<string> AnyState = Gen.Elements(Letters.ToCharArray()).ArrayOf(5).Select(letters => new string(letters));

    private static readonly Gen<Exception> Answers =
        from state in Gen.OneOf(Gen.Elements(KnownStates), AnyState)
        from severity in Gen.Elements("ERROR", "FATAL", "PANIC")
        from message in Gen.Elements("m", "recovery is in progress", "cached plan must not change result type")
        select (Exception)new PostgresException(message, severity, severity, state);

    private static readonly Gen<Exception> Causes = Gen.Elements<Exception>(
        new IOException(),
        new EndOfStreamException(),
        new SocketException(104),
        new TimeoutException(),
        new OperationCanceledException(),
        new InvalidOperationException(),
        new ObjectDisposedException("NpgsqlTransaction"),
        new FormatException()
    );

    private static readonly Gen<Exception> Leaves = Gen.OneOf(
        Answers,
        Causes,
        Causes.Select(cause => (Exception)new NpgsqlException("n", cause)),
        Gen.Constant<Exception>(new NpgsqlException("n"))
    );

    private static readonly Gen<Exception> Failures =
        from leaf in Leaves
        from depth in Gen.Choose(0, 3)
        from many in Gen.Elements(true, false)
        select Wrap(leaf, depth, many);

    [Fact]
    public void While_committing_only_an_error_of_the_server_is_certain() =>
        Check(
            Failures,
            failure =>
            {
                var meaning = DatabaseFailureClassifier.Classify(failure, DatabasePhase.Committing);
                return meaning == DatabaseFailure.Ambiguous || FailureCause.Find(failure) is PostgresException;
            }
        );

    [Fact]
    public void A_transaction_is_never_repeated_after_anything_that_could_have_committed() =>
        Check(
            Failures,
            failure =>
            {
                var meaning = DatabaseFailureClassifier.Classify(failure, DatabasePhase.Committing);
                var isErrorAnswer =
                    FailureCause.Find(failure)
                    is PostgresException { InvariantSeverity: "ERROR" }
                        or PostgresException { SqlState: "25P03" };
                return isErrorAnswer || !RepeatRules.MayRepeatTransaction(meaning);
            }
        );

    [Fact]
    public void Nothing_is_called_never_sent_once_something_was() =>
        Check(
            Failures,
            failure =>
                Enum.GetValues<DatabasePhase>()
                    .Where(phase => phase != DatabasePhase.Opening)
                    .All(phase => DatabaseFailureClassifier.Classify(failure, phase) != DatabaseFailure.NeverSent)
        );

    [Fact]
    public void While_opening_nothing_is_ambiguous_or_rolled_back() =>
        Check(
            Failures,
            failure =>
                DatabaseFailureClassifier.Classify(failure, DatabasePhase.Opening)
                    is not (DatabaseFailure.Ambiguous or DatabaseFailure.RolledBack)
        );

    [Fact]
    public void A_wrapper_changes_nothing() =>
        Check(
            Leaves.Where(leaf => leaf is NpgsqlException or OperationCanceledException),
            leaf =>
                Enum.GetValues<DatabasePhase>()
                    .All(phase =>
                        DatabaseFailureClassifier.Classify(leaf, phase)
                        == DatabaseFailureClassifier.Classify(new InvalidOperationException("orm", leaf), phase)
                    )
        );

    [Fact]
    public void Work_that_must_not_run_twice_is_repeated_only_when_the_server_did_nothing()
    {
        foreach (var failure in Enum.GetValues<DatabaseFailure>())
        {
            var repeats = RepeatRules.MayRepeatWork(failure, OperationSafety.NonIdempotent);

            Assert.Equal(failure is DatabaseFailure.NeverSent or DatabaseFailure.NotPrimary, repeats);
            Assert.True(!repeats || RepeatRules.MayRepeatWork(failure, OperationSafety.Idempotent));
        }
    }

    private static Exception Wrap(Exception leaf, int depth, bool many)
    {
        var failure = leaf;
        for (var i = 0; i < depth; i++)
            failure = many ? new AggregateException(failure) : new InvalidOperationException("w", failure);
        return failure;
    }

    private static void Check(Gen<Exception> failures, Func<Exception, bool> holds) =>
        Prop.ForAll(failures.ToArbitrary(), holds).Check(Many);
}
