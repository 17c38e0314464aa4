using System.Globalization;

namespace LedgerLift.Auditing.Postgres.Tests;

/// <summary>
/// A process that writes entries as fast as it can and says on its output which ones were acknowledged: <c>stream number</c> a line. Streams are independent;
/// within one, an entry is written when the one before was acknowledged or refused.
/// </summary>
internal static class AuditWriter
{
    internal const string Word = "--audit-writer";
    internal const int Streams = 4;

    // The last stream wants the database's own commit; the others go on from disk.
    private const string CommittedAction = "stream.3";

    internal static async Task<int> RunAsync(string[] args)
    {
        var (connection, schema, folder, name) = (args[0], args[1], args[2], args[3]);
        var options = new PostgresAuditingOptions
        {
            ConnectionString = connection,
            Schema = schema,
            SpillDirectory = folder,
            SealInterval = null,
            WriteTimeout = TimeSpan.FromSeconds(1),
            RetryDelay = TimeSpan.FromMilliseconds(20),
        };
        var auditing = new AuditingOptions
        {
            Rules =
            {
                new AuditPolicyRule { Action = CommittedAction, Delivery = AuditDelivery.Committed },
                new AuditPolicyRule { Delivery = AuditDelivery.DurableAsync },
            },
        };
        await using var logger = new PostgresAuditLogger(options, auditing);
        logger.Start();
        var output = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
        await Task.WhenAll(Enumerable.Range(0, Streams).Select(stream => WriteAsync(logger, name, stream, output)));
        return 0;
    }

    private static async Task WriteAsync(PostgresAuditLogger logger, string name, int stream, TextWriter output)
    {
        var number = 0;
        while (true)
        {
            try
            {
                var action = new AuditAction(string.Create(CultureInfo.InvariantCulture, $"stream.{stream}"), "kill")
                {
                    ResourceId = string.Create(CultureInfo.InvariantCulture, $"{name}/{stream}/{number}"),
                    Details = System.Text.Json.JsonSerializer.SerializeToElement(number),
                };
                await logger.LogActionAsync(action);
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{stream} {number}"));
            }
            catch (IOException)
            {
                // Nobody listens any more.
                return;
            }
            catch (AuditException)
            {
                // Not acknowledged: it may be there, and then once.
                await Task.Delay(20);
            }

            number++;
        }
    }
}
