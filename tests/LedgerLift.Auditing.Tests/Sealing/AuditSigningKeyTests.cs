using System.Security.Cryptography;

namespace LedgerLift.Auditing.Tests;

public sealed class AuditSigningKeyTests
{
    private static readonly byte[] s_data = [1, 2, 3];

    [Fact]
    public void The_public_half_verifies_and_cannot_sign()
    {
        using var pair = KeyPair.Make();

        var signature = pair.Private.Sign(s_data);

        Assert.Equal(64, signature.Length);
        Assert.True(pair.Public.Verify(s_data, signature));
        Assert.True(pair.Private.Verify(s_data, signature));
        Assert.False(pair.Public.Verify([1, 2, 4], signature));
        Assert.False(pair.Public.Verify(s_data, signature.AsSpan(1)));
        Assert.Equal((true, false), (pair.Private.CanSign, pair.Public.CanSign));
        Assert.Throws<InvalidOperationException>(() => pair.Public.Sign(s_data));
        Assert.Equal(AuditSigningKey.EcdsaP256, pair.Public.Algorithm);
    }

    [Fact]
    public void A_secret_signs_as_rfc_2104_says()
    {
        var secret = RandomNumberGenerator.GetBytes(32);
        using var key = AuditSigningKey.FromSecret("k", secret);

        var signature = key.Sign(s_data);

        Assert.Equal(HMACSHA256.HashData(secret, s_data), signature);
        Assert.True(key.Verify(s_data, signature));
        Assert.False(key.Verify(s_data, signature.AsSpan(0, 31)));
        Assert.Equal(AuditSigningKey.HmacSha256, key.Algorithm);
    }

    [Fact]
    public void Weak_and_wrong_keys_are_refused()
    {
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(2048);

        Assert.Throws<ArgumentException>(() => AuditSigningKey.FromSecret("k", new byte[31]));
        Assert.Throws<ArgumentException>(() => AuditSigningKey.FromSecret(" ", new byte[32]));
        Assert.Throws<ArgumentException>(() => AuditSigningKey.FromPem("k", p384.ExportPkcs8PrivateKeyPem()));
        Assert.Throws<ArgumentException>(() => AuditSigningKey.FromPem("k", rsa.ExportPkcs8PrivateKeyPem()));
        Assert.Throws<ArgumentException>(() => AuditSigningKey.FromPem("k", "no key"));
        Assert.Throws<ArgumentException>(() => AuditSigningKey.FromPem("", "no key"));
    }

    [Fact]
    public void The_text_form_does_not_hold_the_key()
    {
        using var key = AuditSigningKey.FromSecret("k", Enumerable.Repeat((byte)'A', 32).ToArray());

        Assert.Equal("k (hmac-sha256)", key.ToString());
    }
}
