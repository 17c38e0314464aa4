using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace LedgerLift.ArchitectureTests;

/// <summary>Every string an assembly holds: the literals of its code and the values of its constants.</summary>
internal static class TextConstants
{
    public static IReadOnlySet<string> Of(string package)
    {
        using var file = File.OpenRead(BuiltAssembly.FileOf(package, ".dll"));
        using var image = new PEReader(file);
        var reader = image.GetMetadataReader();
        return Literals(reader).Concat(Constants(reader)).ToHashSet(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Literals(MetadataReader reader)
    {
        for (var handle = MetadataTokens.UserStringHandle(1); !handle.IsNil; handle = reader.GetNextHandle(handle))
        {
            yield return reader.GetUserString(handle);
        }
    }

    private static IEnumerable<string> Constants(MetadataReader reader) =>
        Enumerable
            .Range(1, reader.GetTableRowCount(TableIndex.Constant))
            .Select(row => reader.GetConstant(MetadataTokens.ConstantHandle(row)))
            .Where(constant => constant.TypeCode == ConstantTypeCode.String)
            .Select(constant => reader.GetBlobReader(constant.Value))
            .Select(blob => blob.ReadUTF16(blob.Length));
}
