using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace LedgerLift.Auth.Redis.Tests;

/// <summary>Members of StackExchange.Redis as one line of text each, taken from what the compiler wrote.</summary>
internal static class ClientSurface
{
    private const string Client = "StackExchange.Redis";

    /// <summary>What an assembly calls of the client.</summary>
    public static IReadOnlyList<string> UsedBy(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var reader = file.GetMetadataReader();
        return
        [
            .. reader
                .MemberReferences.Select(reader.GetMemberReference)
                .Where(member => member.Parent.Kind is HandleKind.TypeReference && IsClients(reader, (TypeReferenceHandle)member.Parent))
                .Select(member =>
                    Line(
                        SignatureText.Instance.GetTypeFromReference(reader, (TypeReferenceHandle)member.Parent, rawTypeKind: 0),
                        reader.GetString(member.Name),
                        member.DecodeMethodSignature(SignatureText.Instance, genericContext: null)
                    )
                )
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>All that the client's own assembly has, inherited members under the interface or class that declares them.</summary>
    public static IReadOnlySet<string> DefinedBy(string clientAssembly)
    {
        using var file = new PEReader(File.OpenRead(clientAssembly));
        var reader = file.GetMetadataReader();
        return reader
            .MethodDefinitions.Select(reader.GetMethodDefinition)
            .Select(method =>
                Line(
                    SignatureText.Instance.GetTypeFromDefinition(reader, method.GetDeclaringType(), rawTypeKind: 0),
                    reader.GetString(method.Name),
                    method.DecodeSignature(SignatureText.Instance, genericContext: null)
                )
            )
            .ToHashSet(StringComparer.Ordinal);
    }

    private static bool IsClients(MetadataReader reader, TypeReferenceHandle handle)
    {
        var type = reader.GetTypeReference(handle);
        return type.ResolutionScope.Kind switch
        {
            HandleKind.TypeReference => IsClients(reader, (TypeReferenceHandle)type.ResolutionScope),
            HandleKind.AssemblyReference => reader.StringComparer.Equals(
                reader.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name,
                Client
            ),
            _ => false,
        };
    }

    private static string Line(string type, string member, MethodSignature<string> signature) =>
        $"{(signature.Header.IsInstance ? "" : "static ")}{signature.ReturnType} {type}.{member}({string.Join(", ", signature.ParameterTypes)})";
}
