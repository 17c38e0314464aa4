using System.Security.Cryptography;

namespace LedgerLift.Auditing.Tests;

/// <summary>A fresh ECDSA key: its private and its public half.</summary>
internal sealed record KeyPair(AuditSigningKey Private, AuditSigningKey Public, string PublicPem) : IDisposable
{
    public static KeyPair Make(string id = "ec1")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var publicPem = key.ExportSubjectPublicKeyInfoPem();
        return new KeyPair(AuditSigningKey.FromPem(id, key.ExportPkcs8PrivateKeyPem()), AuditSigningKey.FromPem(id, publicPem), publicPem);
    }

    public void Dispose()
    {
        Private.Dispose();
        Public.Dispose();
    }
}
