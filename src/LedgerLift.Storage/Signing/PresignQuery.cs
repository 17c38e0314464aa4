using System.Runtime.InteropServices;
using Amazon.Runtime;

namespace LedgerLift.Storage;

/// <summary>The query of a signed URL: once sorted, as it is signed, and once in the order in which the AWS SDK writes it.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly ref struct PresignQuery(ImmutableCredentials credentials, SigningKey key, long seconds)
{
    public void WriteCanonical(ref Utf8Text text, in SignatureSubject subject, ReadOnlySpan<byte> instant)
    {
        WriteScope(ref text, instant);
        text.Append("&X-Amz-Expires="u8);
        text.Append(seconds);
        if (credentials.UseToken)
        {
            text.Append("&X-Amz-Security-Token="u8);
            text.AppendEncoded(credentials.Token, keepSlash: false);
        }

        text.Append("&X-Amz-SignedHeaders="u8);
        subject.Headers.WriteNames(ref text, "%3B"u8);
        if (subject.UploadId is not null)
        {
            text.Append((byte)'&');
            subject.WriteQuery(ref text);
        }

        text.Append((byte)'\n');
    }

    /// <summary>All but the signature's value, with which it ends.</summary>
    public void WriteUrl(ref Utf8Text text, in SignatureSubject subject, ReadOnlySpan<byte> instant)
    {
        if (subject.UploadId is not null)
        {
            text.Append("?uploadId="u8);
            text.AppendEncoded(subject.UploadId, keepSlash: false);
            text.Append("&partNumber="u8);
            text.Append(subject.PartNumber);
        }

        text.Append(subject.UploadId is null ? "?X-Amz-Expires="u8 : "&X-Amz-Expires="u8);
        text.Append(seconds);
        if (credentials.UseToken)
        {
            text.Append("&X-Amz-Security-Token="u8);
            text.AppendEncoded(credentials.Token, keepSlash: false);
        }

        text.Append((byte)'&');
        WriteScope(ref text, instant);
        text.Append("&X-Amz-SignedHeaders="u8);
        subject.Headers.WriteNames(ref text, "%3B"u8);
        text.Append("&X-Amz-Signature="u8);
    }

    private void WriteScope(ref Utf8Text text, ReadOnlySpan<byte> instant)
    {
        text.Append("X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential="u8);
        text.AppendEncoded(credentials.AccessKey, keepSlash: false);
        text.Append("%2F"u8);
        text.AppendEncoded(key.Scope, keepSlash: false);
        text.Append("&X-Amz-Date="u8);
        text.Append(instant);
    }
}
