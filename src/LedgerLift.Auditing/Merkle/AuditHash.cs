using System.Runtime.InteropServices;

namespace LedgerLift.Auditing;

/// <summary>A SHA-256 value: 32 bytes, compared by value. As text: 64 lower-case hex digits.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct AuditHash : IEquatable<AuditHash>
{
    /// <summary>How many bytes it has.</summary>
    public const int Length = 32;

    private readonly ulong _first;
    private readonly ulong _second;
    private readonly ulong _third;
    private readonly ulong _fourth;

    /// <summary>Takes the value of 32 bytes.</summary>
    /// <param name="bytes">Exactly 32 bytes.</param>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public AuditHash(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
            throw new ArgumentException($"A hash has {Length} bytes, but there are {bytes.Length}.", nameof(bytes));
        this = MemoryMarshal.Read<AuditHash>(bytes);
    }

    /// <summary>32 zero bytes: stands for "none", as no input is known that hashes to it.</summary>
    public static AuditHash Zero => default;

    /// <summary>Whether it is <see cref="Zero"/>.</summary>
    public bool IsZero => this == Zero;

    /// <summary>Whether two hashes are equal.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when they are.</returns>
    public static bool operator ==(AuditHash left, AuditHash right) => left.Equals(right);

    /// <summary>Whether two hashes differ.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when they do.</returns>
    public static bool operator !=(AuditHash left, AuditHash right) => !left.Equals(right);

    /// <summary>Reads the text form.</summary>
    /// <param name="text">64 lower-case hex digits; null is none.</param>
    /// <param name="hash">The hash, or <see cref="Zero"/>.</param>
    /// <returns>False when the text is anything else.</returns>
    public static bool TryParse(string? text, out AuditHash hash)
    {
        hash = default;
        if (text is not { Length: 2 * Length } || text.AsSpan().ContainsAnyInRange('A', 'F'))
            return false;
        Span<byte> bytes = stackalloc byte[Length];
        if (Convert.FromHexString(text, bytes, out _, out _) is not System.Buffers.OperationStatus.Done)
            return false;
        hash = new AuditHash(bytes);
        return true;
    }

    /// <summary>Writes the 32 bytes.</summary>
    /// <param name="destination">At least 32 bytes.</param>
    /// <exception cref="ArgumentException">There is less room.</exception>
    public void CopyTo(Span<byte> destination) => MemoryMarshal.Write(destination, in this);

    /// <summary>The 32 bytes.</summary>
    /// <returns>A new array.</returns>
    public byte[] ToByteArray()
    {
        var bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    /// <inheritdoc/>
    public bool Equals(AuditHash other) =>
        _first == other._first && _second == other._second && _third == other._third && _fourth == other._fourth;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is AuditHash other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_first, _second);

    /// <summary>64 lower-case hex digits.</summary>
    /// <returns>The text form.</returns>
    public override string ToString() => Convert.ToHexStringLower(MemoryMarshal.AsBytes(new ReadOnlySpan<AuditHash>(in this)));
}
