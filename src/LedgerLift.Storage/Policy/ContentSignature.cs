namespace LedgerLift.Storage;

/// <summary>Tells file formats by their leading bytes. Pure; never throws, whatever the bytes are.</summary>
internal static class ContentSignature
{
    private const string Pdf = "application/pdf";
    private const string Png = "image/png";
    private const string Jpeg = "image/jpeg";
    private const string Tiff = "image/tiff";
    private const string Csv = "text/csv";
    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>Whether the bytes can be the beginning of a file of the type, which is given in lower case without parameters.</summary>
    internal static bool Fits(ReadOnlySpan<byte> head, string type) =>
        type switch
        {
            _ when head.IsEmpty => false,
            Pdf => IsPdf(head),
            Png => IsPng(head),
            Jpeg => IsJpeg(head),
            Tiff => IsTiff(head),
            // Without controls in its first bytes, a picture could be text of one byte a letter.
            Csv => PlainText.IsText(head) && !IsJpeg(head),
            Xlsx => SpreadsheetPackage.IsSpreadsheet(head),
            _ => !IsPdf(head) && !IsPng(head) && !IsJpeg(head) && !IsTiff(head),
        };

    /// <summary>ISO 32000-1, 7.5.2. Writers put a byte order mark or blanks in front, and readers take that.</summary>
    private static bool IsPdf(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("\uFEFF"u8))
            head = head[3..];
        head = head.TrimStart(" \t\r\n"u8);
        return head.StartsWith("%PDF-"u8) && head.Length > 5 && head[5] is >= (byte)'1' and <= (byte)'2';
    }

    /// <summary>PNG (third edition), 5.2 and 5.6: the signature, then an IHDR chunk of 13 bytes.</summary>
    private static bool IsPng(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0x00, 0x00, 0x0D])
        && head[12..].StartsWith("IHDR"u8);

    /// <summary>ITU-T T.81, B.1.1.3: start of image, then another marker, which is no restart and no end.</summary>
    private static bool IsJpeg(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])
        && head.Length > 3
        && head[3] is (>= 0xC0 and <= 0xCF) or (>= 0xDB and <= 0xFE);

    /// <summary>TIFF 6.0, section 2, and BigTIFF: byte order, 42 or 43, then the first directory, which lies behind the header.</summary>
    private static bool IsTiff(ReadOnlySpan<byte> head)
    {
        if (head.Length < 8)
            return false;
        if (head.StartsWith("II\x2B\0\x08\0\0\0"u8) || head.StartsWith("MM\0\x2B\0\x08\0\0"u8))
            return true;
        uint directory;
        if (head.StartsWith("II\x2A\0"u8))
            directory = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
        else if (head.StartsWith("MM\0\x2A"u8))
            directory = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(head[4..]);
        else
            return false;
        return directory >= 8;
    }
}
