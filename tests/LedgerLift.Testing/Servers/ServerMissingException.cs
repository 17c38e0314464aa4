namespace LedgerLift.Testing;

/// <summary>A server the tests need is not named or does not answer. The message says what to set or run.</summary>
public sealed class ServerMissingException : Exception
{
    /// <inheritdoc cref="Exception()"/>
    public ServerMissingException() { }

    /// <inheritdoc cref="Exception(string)"/>
    public ServerMissingException(string message)
        : base(message) { }

    /// <inheritdoc cref="Exception(string, Exception)"/>
    public ServerMissingException(string message, Exception innerException)
        : base(message, innerException) { }
}
