using System.IO.Compression;
using System.Text;
using LedgerLift.Testing;

namespace DocumentPipeline.Tests;

public sealed class PageTreeTests
{
    [Fact]
    public void Counts_the_pages_of_a_document_in_the_open()
    {
        Assert.Equal(1, PageTree.Count(SamplePdf.Of(["One"])));
        Assert.Equal(3, PageTree.Count(SamplePdf.Of(["One"], ["Two"], ["Three"])));
    }

    [Fact]
    public void Counts_the_pages_of_a_tree_in_a_compressed_object_stream()
    {
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write("2 0 << /Type /Pages /Count 12 /Kids [3 0 R] >>"u8);
        byte[] document =
        [
            .. Encoding.Latin1.GetBytes(
                $"%PDF-1.7\n1 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length {packed.Length} >>\nstream\n"
            ),
            .. packed.ToArray(),
            .. "\nendstream\nendobj\n%%EOF\n"u8,
        ];

        Assert.Equal(12, PageTree.Count(document));
    }

    [Theory]
    [InlineData("")]
    [InlineData("%PDF-1.4 nothing")]
    [InlineData("/Type /Pages /Count 3")]
    [InlineData("%PDF-1.7\n/ObjStm >>\nstream\nno zlib at all")]
    public void Finds_nothing_where_nothing_is(string text) => Assert.Equal(0, PageTree.Count(Encoding.Latin1.GetBytes(text)));
}
