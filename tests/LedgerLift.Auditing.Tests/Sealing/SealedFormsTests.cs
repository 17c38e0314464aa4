using System.Text;

namespace LedgerLift.Auditing.Tests;

public sealed class SealedFormsTests
{
    private readonly SealedExample _example = new();

    [Fact]
    public void A_record_is_hashed_as_in_the_golden_file()
    {
        var record = _example.Records[0];

        Assert.Equal(Golden.Text("record-header-v1.json"), Encoding.UTF8.GetString(record.Header.Span));
        Assert.Equal(Golden.Text("record-details-v1.json"), Encoding.UTF8.GetString(record.Details!.Value.Span));
        Assert.Equal(
            Golden.Text("record-hashes-v1.txt"),
            $"{record.DetailsHash}\n{record.ComputeLeaf()}\n{_example.Records[1].ComputeLeaf()}"
        );
    }

    [Fact]
    public void Batch_checkpoint_and_tombstone_are_those_of_the_golden_files()
    {
        Assert.Equal(Golden.Text("batch-v1.json"), Encoding.UTF8.GetString(_example.Second.Batch.ToCanonicalJson()));
        Assert.Equal(Golden.Text("checkpoint-v1.json"), Encoding.UTF8.GetString(_example.Second.Checkpoint.ToCanonicalJson()));
        Assert.Equal(Golden.Text("tombstone-v1.json"), Encoding.UTF8.GetString(_example.Tombstone.ToCanonicalJson()));
        Assert.Equal(_example.Second.Batch, AuditBatch.FromJson(Encoding.UTF8.GetBytes(Golden.Text("batch-v1.json"))));
        Assert.Equal(_example.Second.Checkpoint, AuditCheckpoint.FromJson(Encoding.UTF8.GetBytes(Golden.Text("checkpoint-v1.json"))));
        Assert.Equal(_example.Tombstone, AuditTombstone.FromJson(Encoding.UTF8.GetBytes(Golden.Text("tombstone-v1.json"))));
    }

    [Fact]
    public async Task Trail_and_proof_are_those_of_the_golden_files()
    {
        Assert.Equal(Golden.Text("trail-v1.ndjson"), Encoding.UTF8.GetString(await _example.ExportAsync()).TrimEnd('\n'));
        Assert.Equal(Golden.Text("proof-v1.json"), Encoding.UTF8.GetString(_example.Proof.ToJson()));
    }

    [Fact]
    public void All_that_is_sealed_is_canonical_json()
    {
        byte[][] forms =
        [
            _example.First.Batch.ToCanonicalJson(),
            _example.First.Checkpoint.ToCanonicalJson(),
            _example.First.Checkpoint.ToSignedBytes(),
            _example.Tombstone.ToCanonicalJson(),
            _example.Tombstone.ToSignedBytes(),
            _example.Records[0].Header.ToArray(),
        ];

        Assert.All(forms, form => Assert.Equal(form, CanonicalJson.Serialize(Json.Parse(Encoding.UTF8.GetString(form)))));
    }

    [Theory]
    [InlineData("batchHash", "\"00\"")]
    [InlineData("batchNumber", "-1")]
    [InlineData("size", "1.5")]
    [InlineData("signature", "\"?\"")]
    [InlineData("issuedAt", "\"now\"")]
    [InlineData("keyId", "null")]
    [InlineData("format", "2")]
    public void A_bad_field_of_a_checkpoint_is_named(string field, string value)
    {
        var members = Json.Parse(Golden.Text("checkpoint-v1.json")).EnumerateObject().Where(member => member.Name != field);
        var json = $"{{{string.Join(',', members.Select(member => member.ToString()).Append($"\"{field}\":{value}"))}}}";

        Assert.Equal(field, Assert.Throws<ArgumentException>(() => AuditCheckpoint.FromJson(Encoding.UTF8.GetBytes(json))).ParamName);
    }

    [Fact]
    public void The_salt_is_random_and_hides_equal_details()
    {
        var (one, other) = (AuditRecord.Create(AuditEntries.Full), AuditRecord.Create(AuditEntries.Full));

        Assert.NotEqual(one.DetailsHash, other.DetailsHash);
        Assert.Equal(16, one.Salt?.Length);
        Assert.Throws<ArgumentException>(() => AuditRecord.Create(AuditEntries.Full, new byte[15]));
    }

    [Fact]
    public void An_erased_record_has_the_same_leaf_and_no_details()
    {
        var record = _example.Records[0];
        var erased = record.Erase();

        Assert.Equal(record.ComputeLeaf(), erased.ComputeLeaf());
        Assert.True(erased.IsErased);
        Assert.True(erased.AreDetailsIntact());
        Assert.Equal(AuditEntries.Full with { Details = null }, erased.ToEntry());
        Assert.Equal(AuditEntries.Full, record.ToEntry());
        Assert.False(_example.Records[1].IsErased);
    }

    [Fact]
    public void Details_without_their_salt_or_where_there_never_were_any_are_not_intact()
    {
        var record = _example.Records[0];

        Assert.False(new AuditRecord(record.Header, record.DetailsHash, record.Details).AreDetailsIntact());
        Assert.False(new AuditRecord(record.Header, record.DetailsHash, null, record.Salt).AreDetailsIntact());
        Assert.False(new AuditRecord(record.Header, AuditHash.Zero, record.Details, record.Salt).AreDetailsIntact());
    }
}
