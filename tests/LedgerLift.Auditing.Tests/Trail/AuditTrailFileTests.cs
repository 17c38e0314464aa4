using System.Text;
using LedgerLift.Testing;

namespace LedgerLift.Auditing.Tests;

public sealed class AuditTrailFileTests
{
    private readonly SeededRandom _random = new();

    [Fact]
    public async Task An_exported_trail_verifies_as_the_trail_itself()
    {
        for (var i = 0; i < 300; i++)
        {
            var trail = TrailGenerator.Make(_random.Fork(i));
            if (i % 3 == 0)
                trail.Drop(trail.Batches[0].Partition);
            else
                Superuser.Ways[i % Superuser.Ways.Count].Do(new Superuser(trail, _random.Fork(i)));

            var there = trail.Verify();
            var here = await VerifyAsync(await ExportAsync(trail), trail.Anchors);

            Assert.Equal(there.Tampers, here.Tampers);
            Assert.Equal((there.Entries, there.Dropped, there.Batches), (here.Entries, here.Dropped, here.Batches));
        }
    }

    [Fact]
    public async Task A_file_that_is_cut_off_anywhere_is_refused_or_not_clean()
    {
        var bytes = await new SealedExample().ExportAsync();
        for (var length = 0; length < bytes.Length - 1; length++)
        {
            var refused = await Assert.ThrowsAsync<AuditException>(() => VerifyAsync(bytes[..length]));
            Assert.Equal(AuditErrorCodes.MalformedTrail, refused.Code);
            Assert.False(refused.IsTransient);
        }
    }

    [Fact]
    public async Task Whatever_is_changed_in_a_file_is_noticed()
    {
        var example = new SealedExample();
        var text = Encoding.UTF8.GetString(await example.ExportAsync());
        // The leaf hashes and the tombstone for details that are still there are not what the trail consists of; all else is.
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsAsciiLetterOrDigit(text[i]))
                continue;
            var changed = text[..i] + (text[i] == '1' ? '2' : '1') + text[(i + 1)..];
            Assert.False(await IsCleanAsync(changed, example), $"At {i}: {text[Math.Max(0, i - 40)..i]}");
        }
    }

    [Fact]
    public async Task Lines_in_another_order_are_refused_or_not_clean()
    {
        var example = new SealedExample();
        var lines = Encoding.UTF8.GetString(await example.ExportAsync()).TrimEnd('\n').Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            for (var j = i + 1; j < lines.Length; j++)
            {
                string[] swapped = [.. lines];
                (swapped[i], swapped[j]) = (swapped[j], swapped[i]);
                Assert.False(await IsCleanAsync(string.Join('\n', swapped), example));
            }
        }
    }

    [Fact]
    public async Task Another_trail_than_the_expected_one_is_refused()
    {
        var bytes = await new SealedExample().ExportAsync();

        Assert.True((await VerifyAsync(bytes, origin: "example")).Clean);
        await Assert.ThrowsAsync<AuditException>(() => VerifyAsync(bytes, origin: "other"));
    }

    [Fact]
    public async Task Bytes_that_are_no_json_any_more_can_be_exported_and_are_found()
    {
        var trail = TrailGenerator.Make(_random);
        var entry = trail.Seals[0];
        trail.Records[entry.EntryId] = new AuditRecord("{\xff"u8.ToArray(), AuditHash.Zero, "\n"u8.ToArray(), new byte[3]);

        var found = await VerifyAsync(await ExportAsync(trail), trail.Anchors);

        Assert.Contains(found.Tampers, tamper => tamper.Kind == AuditTamperKinds.EntryEdited && tamper.Position == 0);
    }

    [Fact]
    public async Task A_writer_keeps_the_order_of_the_parts()
    {
        var example = new SealedExample();
        var writer = new AuditTrailWriter(Stream.Null, "example");

        await Assert.ThrowsAsync<InvalidOperationException>(() => writer.WriteEntryAsync(0, example.Records[0], null).AsTask());
        await writer.WriteBatchAsync(example.First.Batch, example.First.Checkpoint);
        await Assert.ThrowsAsync<InvalidOperationException>(() => writer.WriteTombstoneAsync(example.Tombstone).AsTask());
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => writer.WriteEntryAsync(-1, null, null).AsTask());
        await writer.CompleteAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => writer.WriteBatchAsync(example.First.Batch, null).AsTask());
        await Assert.ThrowsAsync<InvalidOperationException>(() => writer.CompleteAsync().AsTask());
    }

    private static async Task<bool> IsCleanAsync(string text, SealedExample example)
    {
        try
        {
            return (
                await VerifyAsync(Encoding.UTF8.GetBytes(text), [example.First.Checkpoint, example.Second.Checkpoint], "example")
            ).Clean;
        }
        catch (AuditException)
        {
            return false;
        }
    }

    private static async Task<AuditVerification> VerifyAsync(
        byte[] bytes,
        IEnumerable<AuditCheckpoint>? anchors = null,
        string? origin = null
    )
    {
        using var input = new MemoryStream(bytes);
        return await AuditTrailFile.VerifyAsync(input, [TrailGenerator.Key], anchors, origin);
    }

    private static async Task<byte[]> ExportAsync(StoredTrail trail)
    {
        using var output = new MemoryStream();
        var writer = new AuditTrailWriter(output, StoredTrail.Origin);
        foreach (var tombstone in trail.Tombstones)
            await writer.WriteTombstoneAsync(tombstone);
        foreach (var batch in trail.Batches.Values)
        {
            await writer.WriteBatchAsync(batch, trail.Checkpoints.GetValueOrDefault(batch.Number));
            foreach (var entry in trail.Seals.Where(entry => entry.Batch == batch.Number).OrderBy(entry => entry.Index))
                await writer.WriteEntryAsync(entry.Index, trail.Records.GetValueOrDefault(entry.EntryId), entry.Leaf);
        }

        await writer.CompleteAsync();
        return output.ToArray();
    }
}
