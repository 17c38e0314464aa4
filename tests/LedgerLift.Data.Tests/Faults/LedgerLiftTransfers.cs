namespace LedgerLift.Data.Tests;

/// <summary>Transfers by <see cref="IDatabase.ExecuteInTransactionAsync"/>.</summary>
internal sealed class LedgerLiftTransfers(IDatabase database) : ITransfers
{
    public string Name => "LedgerLift.Data";

    public async Task WriteAsync(IReadOnlyList<string> statements) =>
        await database.ExecuteInTransactionAsync(
            async (session, token) =>
            {
                foreach (var statement in statements)
                    await session.ExecuteAsync(statement, token);
                return 0;
            }
        );
}
