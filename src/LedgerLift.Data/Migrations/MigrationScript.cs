using System.Security.Cryptography;
using System.Text;

namespace LedgerLift.Data;

/// <summary>One script.</summary>
/// <param name="Source">Whose scripts it is of: the resource prefix.</param>
/// <param name="Version">Its number.</param>
/// <param name="Name">Its file name.</param>
/// <param name="Sql">Its text with line feeds as line ends.</param>
internal sealed record MigrationScript(string Source, int Version, string Name, string Sql)
{
    private const string NoTransactionMarker = "-- ledgerlift: no-transaction";

    /// <summary>SHA-256 of the text, the same for every kind of line ends.</summary>
    public string Checksum { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));

    public bool IsTransactional { get; } =
        !Sql.Split('\n').Any(line => string.Equals(line.Trim(), NoTransactionMarker, StringComparison.OrdinalIgnoreCase));
}
