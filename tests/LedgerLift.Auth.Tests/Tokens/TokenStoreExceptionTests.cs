namespace LedgerLift.Auth.Tests;

public sealed class TokenStoreExceptionTests
{
    [Fact]
    public void Says_what_why_and_whether_to_try_again()
    {
        var cause = new TimeoutException();

        var exception = new TokenStoreException("down", TokenStoreErrorCodes.Unavailable, isTransient: true, cause);

        Assert.Equal("down", exception.Message);
        Assert.Equal("unavailable", exception.Code);
        Assert.True(exception.IsTransient);
        Assert.Same(cause, exception.InnerException);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void Needs_a_code(string? code) =>
        Assert.ThrowsAny<ArgumentException>(() => new TokenStoreException("down", code!, isTransient: false));
}
