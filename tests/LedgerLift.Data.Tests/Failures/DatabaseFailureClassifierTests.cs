using System.Net.Sockets;
using Npgsql;
using static LedgerLift.Data.DatabaseFailure;
using static LedgerLift.Data.DatabasePhase;

namespace LedgerLift.Data.Tests;

public sealed class DatabaseFailureClassifierTests
{
    /// <summary>SQLSTATE, then what it means while opening, executing, in a transaction and committing.</summary>
    public static TheoryData<string, DatabaseFailure, DatabaseFailure, DatabaseFailure, DatabaseFailure> States =>
        new()
        {
            { "40001", Permanent, RolledBack, RolledBack, RolledBack },
            { "40P01", Permanent, RolledBack, RolledBack, RolledBack },
            { "40000", Permanent, RolledBack, RolledBack, RolledBack },
            { "40002", Permanent, RolledBack, RolledBack, RolledBack },
            { "55P03", Permanent, RolledBack, RolledBack, RolledBack },
            { "40003", Permanent, Ambiguous, Ambiguous, Ambiguous },
            { "08007", NeverSent, Ambiguous, Ambiguous, Ambiguous },
            { "08006", NeverSent, Ambiguous, RolledBack, Ambiguous },
            { "08P01", NeverSent, Ambiguous, RolledBack, Ambiguous },
            { "08001", NeverSent, Ambiguous, RolledBack, Ambiguous },
            { "08004", NeverSent, Ambiguous, RolledBack, Ambiguous },
            { "53300", NeverSent, RolledBack, RolledBack, Ambiguous },
            { "57P03", NeverSent, RolledBack, RolledBack, Ambiguous },
            { "57P01", NeverSent, RolledBack, RolledBack, Ambiguous },
            { "57P02", NeverSent, RolledBack, RolledBack, Ambiguous },
            { "57P05", NeverSent, RolledBack, RolledBack, Ambiguous },
            { "25P03", NeverSent, RolledBack, RolledBack, RolledBack },
            { "25P04", NeverSent, RolledBack, RolledBack, Ambiguous },
            { "25006", NotPrimary, NotPrimary, NotPrimary, NotPrimary },
            { "26000", Permanent, StalePlan, RolledBack, Permanent },
            { "42P05", Permanent, StalePlan, RolledBack, Permanent },
            { "57014", Permanent, DatabaseFailure.Timeout, DatabaseFailure.Timeout, RolledBack },
            { "23505", Permanent, Permanent, Permanent, Permanent },
            { "42601", Permanent, Permanent, Permanent, Permanent },
            { "28P01", Permanent, Permanent, Permanent, Permanent },
            { "3D000", Permanent, Permanent, Permanent, Permanent },
            { "53100", Permanent, Permanent, Permanent, Permanent },
            { "53200", Permanent, Permanent, Permanent, Permanent },
            { "53400", Permanent, Permanent, Permanent, Permanent },
            { "55000", Permanent, Permanent, Permanent, Permanent },
            { "55006", Permanent, Permanent, Permanent, Permanent },
            { "58030", Permanent, Permanent, Permanent, Permanent },
            { "0A000", Permanent, Permanent, Permanent, Permanent },
            { "25P02", Permanent, Permanent, Permanent, Permanent },
        };

    [Theory]
    [MemberData(nameof(States))]
    public void Each_answer_of_the_server_means_something_in_each_phase(
        string state,
        DatabaseFailure opening,
        DatabaseFailure executing,
        DatabaseFailure inTransaction,
        DatabaseFailure committing
    )
    {
        var answer = Answer(state);

        Assert.Equal(
            [opening, executing, inTransaction, committing],
            Enum.GetValues<DatabasePhase>().Select(phase => DatabaseFailureClassifier.Classify(answer, phase))
        );
    }

    [Theory]
    [InlineData(Opening, NeverSent)]
    [InlineData(Executing, Ambiguous)]
    [InlineData(InTransaction, RolledBack)]
    [InlineData(Committing, Ambiguous)]
    public void A_broken_connection_is_judged_by_what_was_under_way(DatabasePhase phase, DatabaseFailure expected)
    {
        Assert.Equal(expected, DatabaseFailureClassifier.Classify(Broken(new IOException()), phase));
        Assert.Equal(expected, DatabaseFailureClassifier.Classify(Broken(new EndOfStreamException()), phase));
        Assert.Equal(expected, DatabaseFailureClassifier.Classify(Broken(new SocketException(104)), phase));
        Assert.Equal(expected, DatabaseFailureClassifier.Classify(new InvalidOperationException("ORM", Broken(new IOException())), phase));
    }

    [Theory]
    [InlineData(Opening, NeverSent)]
    [InlineData(Executing, DatabaseFailure.Timeout)]
    [InlineData(InTransaction, DatabaseFailure.Timeout)]
    [InlineData(Committing, Ambiguous)]
    public void A_time_limit_of_npgsql_is_judged_by_what_was_under_way(DatabasePhase phase, DatabaseFailure expected) =>
        Assert.Equal(expected, DatabaseFailureClassifier.Classify(Broken(new TimeoutException()), phase));

    [Theory]
    [InlineData(Opening, Canceled)]
    [InlineData(Executing, Canceled)]
    [InlineData(InTransaction, Canceled)]
    [InlineData(Committing, Ambiguous)]
    public void A_cancellation_is_one_unless_a_commit_was_under_way(DatabasePhase phase, DatabaseFailure expected)
    {
        Assert.Equal(expected, DatabaseFailureClassifier.Classify(new OperationCanceledException(), phase));
        Assert.Equal(expected, DatabaseFailureClassifier.Classify(new TaskCanceledException("x", Answer("57014")), phase));
    }

    [Fact]
    public void A_fatal_answer_to_commit_is_not_certain() =>
        Assert.Equal(Ambiguous, DatabaseFailureClassifier.Classify(Answer("XX000", severity: "PANIC"), Committing));

    [Fact]
    public void Messages_decide_where_codes_have_several_meanings()
    {
        Assert.Equal(NotPrimary, DatabaseFailureClassifier.Classify(Answer("55000", "recovery is in progress"), Executing));
        Assert.Equal(StalePlan, DatabaseFailureClassifier.Classify(Answer("0A000", "cached plan must not change result type"), Executing));
        Assert.Equal(
            RolledBack,
            DatabaseFailureClassifier.Classify(Answer("0A000", "cached plan must not change result type"), InTransaction)
        );
    }

    [Fact]
    public void What_is_not_the_databases_is_permanent_in_the_callers_work()
    {
        Exception[] foreign =
        [
            new IOException(),
            new SocketException(104),
            new TimeoutException(),
            new InvalidOperationException(),
            new FormatException(),
        ];

        Assert.All(foreign, failure => Assert.Equal(Permanent, DatabaseFailureClassifier.Classify(failure, Executing)));
        Assert.All(foreign, failure => Assert.Equal(Permanent, DatabaseFailureClassifier.Classify(failure, InTransaction)));
        Assert.All(foreign, failure => Assert.Equal(Ambiguous, DatabaseFailureClassifier.Classify(failure, Committing)));
    }

    [Fact]
    public void Of_several_hosts_one_that_was_not_reached_decides()
    {
        var hosts = new NpgsqlException("x", new AggregateException(Answer("28P01"), Broken(new SocketException(111))));
        var refused = new NpgsqlException("x", new AggregateException(Answer("28P01")));

        Assert.Equal(NeverSent, DatabaseFailureClassifier.Classify(hosts, Opening));
        Assert.Equal(Permanent, DatabaseFailureClassifier.Classify(refused, Opening));
        Assert.Equal(NeverSent, DatabaseFailureClassifier.Classify(new NpgsqlException("No suitable host was found."), Opening));
    }

    [Theory]
    [InlineData("Received unknown response E for SSLRequest (expecting S or N)")]
    [InlineData(
        "Additional unencrypted data received after SSL negotiation - this should never happen, and may be an indication of a man-in-the-middle attack."
    )]
    public void A_server_that_ends_before_encryption_was_sent_nothing(string said)
    {
        Assert.Equal(NeverSent, DatabaseFailureClassifier.Classify(new NpgsqlException(said), Opening));
        Assert.Equal(Permanent, DatabaseFailureClassifier.Classify(new NpgsqlException(said), Executing));
    }

    [Fact]
    public void Own_exceptions_keep_their_meaning()
    {
        Assert.Equal(RolledBack, DatabaseFailureClassifier.Classify(TransactionRolledBackException.Lost(null), Committing));
        Assert.Equal(Permanent, DatabaseFailureClassifier.Classify(TransactionRolledBackException.Aborted(null), Committing));
        Assert.Equal(Ambiguous, DatabaseFailureClassifier.Classify(new CommitOutcomeUnknownException("7", "why", null), InTransaction));
        Assert.Equal(Permanent, DatabaseFailureClassifier.Classify(new MigrationException("c", "m"), InTransaction));
    }

    [Fact]
    public void Misuse_is_refused()
    {
        Assert.Throws<ArgumentNullException>(() => DatabaseFailureClassifier.Classify(null!, Opening));
        Assert.Throws<ArgumentOutOfRangeException>(() => DatabaseFailureClassifier.Classify(new FormatException(), (DatabasePhase)4));
    }

    internal static PostgresException Answer(string state, string message = "m", string severity = "ERROR") =>
        new(message, severity, severity, state);

    private static NpgsqlException Broken(Exception cause) => new("broken", cause);
}
