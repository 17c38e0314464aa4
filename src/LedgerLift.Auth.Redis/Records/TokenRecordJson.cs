using System.Text.Json;

namespace LedgerLift.Auth.Redis;

/// <summary>Writes and reads records.</summary>
internal static class TokenRecordJson
{
    internal static byte[] Write(TokenRecord record) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new TokenRecordDocument
            {
                Jti = record.Jti,
                UserId = record.UserId,
                CreatedAt = record.CreatedAt.ToUnixTimeMilliseconds(),
                ExpiresAt = record.ExpiresAt.ToUnixTimeMilliseconds(),
                FamilyId = record.FamilyId,
                Nonce = record.Nonce,
            },
            AuthRedisJsonContext.Default.TokenRecordDocument
        );

    /// <summary>Reads what <see cref="Write"/> wrote; members it does not know are ignored.</summary>
    /// <exception cref="TokenStoreException">Something else was written under the key.</exception>
    internal static TokenRecord Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var document = JsonSerializer.Deserialize(json, AuthRedisJsonContext.Default.TokenRecordDocument);
            if (
                document is { CreatedAt: { } created, ExpiresAt: { } expires, Nonce: { } nonce }
                && StoredToken.CanBeId(document.Jti)
                && StoredToken.CanBeId(document.UserId)
                && (document.FamilyId is null || StoredToken.CanBeId(document.FamilyId))
            )
                return new TokenRecord(
                    document.Jti,
                    document.UserId,
                    DateTimeOffset.FromUnixTimeMilliseconds(created),
                    DateTimeOffset.FromUnixTimeMilliseconds(expires),
                    document.FamilyId,
                    nonce
                );
        }
        catch (Exception exception) when (exception is JsonException or ArgumentOutOfRangeException)
        {
            // Answered below: the serializer's own message may quote the record.
        }

        throw TokenStoreFailure.CorruptRecord();
    }
}
