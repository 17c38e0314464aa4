namespace LedgerLift.Data;

/// <summary>The SQLSTATE codes that decide something (PostgreSQL documentation, appendix A).</summary>
internal static class SqlStates
{
    internal const string FeatureNotSupported = "0A000";
    internal const string TransactionResolutionUnknown = "08007";
    internal const string StatementCompletionUnknown = "40003";
    internal const string ConnectionExceptionClass = "08";
    internal const string ReadOnlyTransaction = "25006";
    internal const string InFailedTransaction = "25P02";
    internal const string IdleInTransactionTimeout = "25P03";
    internal const string TransactionTimeout = "25P04";
    internal const string InvalidStatementName = "26000";
    internal const string DuplicatePreparedStatement = "42P05";
    internal const string LockNotAvailable = "55P03";
    internal const string ObjectNotInPrerequisiteState = "55000";
    internal const string QueryCanceled = "57014";
    internal const string InvalidParameterValue = "22023";

    /// <summary>The server could not take the connection: too many, starting up, or it refused it before login.</summary>
    internal static bool IsRefusal(string state) => state is "53300" or "57P03";

    /// <summary>The server undid the transaction so that another could go on.</summary>
    internal static bool IsConflict(string state) => state is "40000" or "40001" or "40002" or "40P01" or LockNotAvailable;

    /// <summary>The server ended the session: shut down, crashed, dropped the database, or found it idle.</summary>
    internal static bool IsSessionEnd(string state) =>
        state is "57P01" or "57P02" or "57P05" or IdleInTransactionTimeout or TransactionTimeout;

    internal static bool IsConnection(string state) => state.StartsWith(ConnectionExceptionClass, StringComparison.Ordinal);

    internal static bool IsOutcomeUnknown(string state) => state is TransactionResolutionUnknown or StatementCompletionUnknown;
}
