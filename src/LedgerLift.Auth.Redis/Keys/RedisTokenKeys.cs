using System.Buffers;
using System.Text;
using StackExchange.Redis;

namespace LedgerLift.Auth.Redis;

/// <summary>The names of all keys. Those of one user share a hash tag, so that a cluster keeps them in one slot; records and replays have none.</summary>
internal sealed class RedisTokenKeys(string prefix)
{
    // What may stand in a key as it is. A brace in a user's id would end the hash tag, a colon the id; other bytes would be hard to type.
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "-_.~@=0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    );

    private static readonly SearchValues<byte> PlainBytes = SearchValues.Create(
        "-_.~@=0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8
    );

    private readonly string _record = prefix + ":t:";
    private readonly string _user = prefix + ":u:{";
    private readonly string _family = prefix + ":f:{";
    private readonly string _rotated = prefix + ":r:{";
    private readonly string _revoked = prefix + ":x:{";
    private readonly string _written = prefix + ":w:{";

    /// <summary>The record of a token: a string that never changes.</summary>
    internal RedisKey Record(in TokenHash jti) => _record + jti.ToString();

    /// <summary>The live tokens of a user: a sorted set, the only authority on what is live.</summary>
    internal RedisKey User(string userId) => _user + Escape(userId) + "}";

    /// <summary>The hash of the token of a family that was issued last.</summary>
    internal RedisKey Family(string userId, in TokenHash family) => $"{_family}{Escape(userId)}}}:{family}";

    /// <summary>That a token was replaced, and by which.</summary>
    internal RedisKey Rotated(string userId, in TokenHash jti) => $"{_rotated}{Escape(userId)}}}:{jti}";

    /// <summary>What one revoke-all took away, kept until it is certain that its caller got the count.</summary>
    internal RedisKey Revoked(string userId, string operation) => $"{_revoked}{Escape(userId)}}}:{operation}";

    /// <summary>A write behind another one, whose replication shows that the other one is replicated.</summary>
    internal RedisKey Written(string userId) => _written + Escape(userId) + "}";

    /// <summary>Percent-encoding of everything but letters, digits and a few signs; two ids never become one.</summary>
    internal static string Escape(string id)
    {
        if (!id.AsSpan().ContainsAnyExcept(Plain))
            return id;
        var text = new StringBuilder(id.Length * 2);
        foreach (var value in Encoding.UTF8.GetBytes(id))
            if (PlainBytes.Contains(value))
                text.Append((char)value);
            else
                text.Append('%').Append(value.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        return text.ToString();
    }
}
