using System.Buffers.Binary;

namespace LedgerLift.Storage;

/// <summary>
/// Tells an XLSX from any other ZIP (ECMA-376 part 2; ZIP APPNOTE 4.3.7) by the names of the entries that begin in the leading bytes: the first is one of an
/// Office package, and none is a text document's or a presentation's.
/// </summary>
internal static class SpreadsheetPackage
{
    private const int HeaderLength = 30;

    internal static bool IsSpreadsheet(ReadOnlySpan<byte> head)
    {
        if (!head.StartsWith("PK\x03\x04"u8) || !IsOfficePart(NameAt(head)))
            return false;
        while (true)
        {
            var name = NameAt(head);
            if (name.StartsWith("word/"u8) || name.StartsWith("ppt/"u8))
                return false;
            if (name.StartsWith("xl/"u8))
                return true;
            var next = head[4..].IndexOf("PK\x03\x04"u8);
            // The rest lies behind the leading bytes: nothing speaks against it.
            if (next < 0)
                return true;
            head = head[(next + 4)..];
        }
    }

    private static bool IsOfficePart(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("[Content_Types].xml"u8)
        || name.StartsWith("_rels/"u8)
        || name.StartsWith("docProps/"u8)
        || name.StartsWith("customXml/"u8)
        || name.StartsWith("xl/"u8);

    private static ReadOnlySpan<byte> NameAt(ReadOnlySpan<byte> header)
    {
        if (header.Length < HeaderLength)
            return [];
        var length = BinaryPrimitives.ReadUInt16LittleEndian(header[26..]);
        return header.Length < HeaderLength + length ? [] : header.Slice(HeaderLength, length);
    }
}
