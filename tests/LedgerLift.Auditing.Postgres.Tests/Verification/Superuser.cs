using System.Globalization;
using LedgerLift.Testing;
using Npgsql;

namespace LedgerLift.Auditing.Postgres.Tests;

/// <summary>Tampers with a trail on one connection, in a transaction that is rolled back afterwards. No trigger and no privilege stands in the way.</summary>
internal sealed class Superuser(TestTrail trail, NpgsqlConnection connection, SeededRandom random)
{
    private static readonly string[] s_columns =
    [
        "ts = ts + interval '1 second'",
        "action = action || 'x'",
        "resource_type = 'other'",
        "result = 'denied'",
        "resource_id = 'doc-forged'",
        "resource_id = NULL",
        "user_id = user_id || ' '",
        "user_id = NULL",
        "ip_address = '192.0.2.99'",
        "user_agent = 'forged'",
        "request_id = 'forged'",
        "trace_id = ''",
        "ts = 'infinity'",
        "id = gen_random_uuid()",
    ];

    private static readonly string[] s_headers =
    [
        "replace(header, '\"firstPosition\":', '\"firstPosition\":1')",
        "replace(header, '\"count\":', '\"count\":1')",
        "replace(header, '\"origin\":\"', '\"origin\":\"x')",
        "replace(header, '\"partition\":\"2026-0', '\"partition\":\"2025-0')",
        "regexp_replace(header, '\"root\":\"..', '\"root\":\"zz')",
        "regexp_replace(header, '\"root\":\"(.)(.)', '\"root\":\"' || CASE WHEN substr(header, 1, 0) IS NULL THEN '' ELSE '' END || 'f0')",
        "regexp_replace(header, '\"sealedAt\":\"2', '\"sealedAt\":\"3')",
        "''",
    ];

    private static readonly string[] s_checkpoints =
    [
        "replace(checkpoint, '\"size\":', '\"size\":1')",
        "replace(checkpoint, '\"batchNumber\":', '\"batchNumber\":1')",
        "replace(checkpoint, '\"keyId\":\"', '\"keyId\":\"x')",
        "regexp_replace(checkpoint, '\"issuedAt\":\"2', '\"issuedAt\":\"3')",
        "(SELECT checkpoint FROM {s}.audit_batches o WHERE o.number <> b.number ORDER BY o.number LIMIT 1)",
        "'{}'",
        "''",
    ];

    /// <summary>Does it; gives what was done, for the message of a test that fails.</summary>
    internal async Task<string> TamperAsync(TamperKind kind, TamperCover cover)
    {
        var sql = kind switch
        {
            TamperKind.EditColumn => $"UPDATE {{s}}.audit_entries SET {Pick(s_columns)} WHERE id = {Entry()}",
            TamperKind.EditDetails =>
                $"UPDATE {{s}}.audit_entries SET {Pick(["details = '{\"number\":-1}'", "salt = sha256(salt)", "details = NULL", "salt = NULL", "erased = sha256('x')"])} WHERE id = {Whole()}",
            TamperKind.DeleteEntry => $"DELETE FROM {{s}}.audit_entries WHERE id = {Entry()}",
            TamperKind.InsertEntry =>
                $"INSERT INTO {{s}}.audit_entries (ts, id, xact, action, resource_type, result) SELECT ts, gen_random_uuid(), xact, 'forged', 'document', 'success' FROM {{s}}.audit_entries WHERE id = {Early()}",
            TamperKind.SwapOrder =>
                $"WITH two AS (SELECT a.xact AS one, b.xact AS other FROM {{s}}.audit_entries a, {{s}}.audit_entries b WHERE a.id = {Entry(0, 15)} AND b.id = {Entry(15, 30)}) UPDATE {{s}}.audit_entries SET xact = CASE WHEN xact = one THEN other ELSE one END FROM two WHERE xact IN (one, other)",
            TamperKind.SwapContents =>
                $"WITH two AS (SELECT a.id AS one, b.id AS other, a.resource_id AS mine, b.resource_id AS theirs FROM {{s}}.audit_entries a, {{s}}.audit_entries b WHERE a.id = {Entry(0, 15)} AND b.id = {Entry(15, 30)}) UPDATE {{s}}.audit_entries SET resource_id = CASE WHEN id = one THEN theirs ELSE mine END FROM two WHERE id IN (one, other)",
            TamperKind.RemoveDetails =>
                $"UPDATE {{s}}.audit_entries SET erased = sha256(salt || convert_to(details, 'UTF8')), details = NULL, salt = NULL WHERE id = {Whole()}",
            TamperKind.RemoveLastBatch =>
                "WITH gone AS (DELETE FROM {s}.audit_batches WHERE number = (SELECT max(number) FROM {s}.audit_batches) RETURNING *) DELETE FROM {s}.audit_entries e USING gone g WHERE (e.xact, e.id) > (g.after_xact, g.after_id)",
            TamperKind.RemoveMiddleBatch =>
                $"WITH gone AS (DELETE FROM {{s}}.audit_batches WHERE number = {Middle()} RETURNING *) DELETE FROM {{s}}.audit_entries e USING gone g WHERE (e.xact, e.id) > (g.after_xact, g.after_id) AND (e.xact, e.id) <= (g.last_xact, g.last_id)",
            TamperKind.AlterHeader => $"UPDATE {{s}}.audit_batches SET header = {Pick(s_headers)} WHERE number = {Middle()}",
            TamperKind.AlterCheckpoint => $"UPDATE {{s}}.audit_batches b SET checkpoint = {Pick(s_checkpoints)} WHERE number = {Middle()}",
            _ =>
                $"UPDATE {{s}}.audit_batches SET {Pick(["ids = overlay(ids PLACING '\\x00ff' FROM 17)", "leaves = overlay(leaves PLACING '\\x00ff' FROM 33)", "leaves = ''", "ids = ''", "leaves = leaves || leaves"])} WHERE number = {Middle()}",
        };
        await ExecuteAsync(sql);
        if (cover is not TamperCover.None)
            await new Rehash(trail, connection).RunAsync(withTheKey: cover is TamperCover.RehashedWithTheKey);
        return $"{kind}, {cover}: {sql}";
    }

    private string Pick(string[] choices) => choices[random.Next(choices.Length)];

    private string Entry(int from = 0, int to = 30) => Nth("true", random.Next(from, to));

    /// <summary>An entry whose details are there.</summary>
    private string Whole() => Nth("details IS NOT NULL", random.Next(25));

    /// <summary>One that others were sealed after, in other transactions.</summary>
    private string Early() => Nth("true", random.Next(20));

    private static string Nth(string where, int index) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"(SELECT id FROM {{s}}.audit_entries WHERE {where} ORDER BY xact, id OFFSET {index} LIMIT 1)"
        );

    /// <summary>A batch whose entries are there, and not the last. Which numbers those have depends on how often the seal had to wait for another transaction.</summary>
    private string Middle() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"(SELECT number FROM {{s}}.audit_batches m WHERE number < (SELECT max(number) FROM {{s}}.audit_batches) AND EXISTS (SELECT FROM {{s}}.audit_entries i WHERE (i.xact, i.id) > (m.after_xact, m.after_id) AND (i.xact, i.id) <= (m.last_xact, m.last_id)) ORDER BY number OFFSET {random.Next(3)} LIMIT 1)"
        );

    private async Task ExecuteAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql.Replace("{s}", trail.Schema, StringComparison.Ordinal), connection);
        Assert.True(await command.ExecuteNonQueryAsync() > 0, $"Nothing was tampered with: {sql}");
    }
}
