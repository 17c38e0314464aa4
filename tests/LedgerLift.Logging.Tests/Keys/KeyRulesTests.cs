namespace LedgerLift.Logging.Tests;

public sealed class KeyRulesTests
{
    private static readonly PiiRedactor s_redactor = new();

    [Theory]
    [InlineData("appSecret")]
    [InlineData("authHeaders")]
    [InlineData("maxSessionToken")]
    [InlineData("accesstoken")]
    [InlineData("clientsecret")]
    [InlineData("dbpassword")]
    [InlineData("SSHKey")]
    [InlineData("userAPIKeys")]
    [InlineData("x-api-key")]
    [InlineData("Set-Cookie")]
    [InlineData("Account Key")]
    [InlineData("password2")]
    [InlineData("loginEmailAddress")]
    [InlineData("emailId")]
    [InlineData("session.id")]
    [InlineData("creditCardNumber")]
    [InlineData("xyzpasswordzy")]
    [InlineData("passwordPolicy")]
    [InlineData("secretVersion")]
    [InlineData("apiKeyCount")]
    [InlineData("cookieType")]
    public void Names_of_secrets_and_people_are_sensitive(string key) => Assert.True(s_redactor.IsSensitiveKey(key));

    [Theory]
    [InlineData("tokenCount")]
    [InlineData("author")]
    [InlineData("cancellationToken")]
    [InlineData("maxTokens")]
    [InlineData("tokens_per_second")]
    [InlineData("emailVerified")]
    [InlineData("email_verified_at")]
    [InlineData("otp_valid_for")]
    [InlineData("isAuthenticated")]
    [InlineData("sessionTimeoutSeconds")]
    [InlineData("partitionKey")]
    [InlineData("publicKeyToken")]
    [InlineData("panel")]
    [InlineData("shipping")]
    [InlineData("passed")]
    [InlineData("RequestId")]
    [InlineData("ip_version")]
    [InlineData("")]
    [InlineData("___")]
    public void Counts_types_dates_and_words_that_share_letters_are_not(string key) => Assert.False(s_redactor.IsSensitiveKey(key));

    [Theory]
    [InlineData("ｐａｓｓｗｏｒｄ")]
    [InlineData("ＡｐｉＫｅｙ")]
    [InlineData("pass\u200Bword")]
    [InlineData("pass\u00ADword")]
    [InlineData("contraseña")]
    [InlineData("pässwörd")]
    [InlineData("𝐩𝐚𝐬𝐬𝐰𝐨𝐫𝐝")]
    [InlineData("\uFEFFtoken")]
    public void Other_letters_that_show_the_same_name_do_not_hide_it(string key) => Assert.True(s_redactor.IsSensitiveKey(key));

    [Fact]
    public void A_lone_surrogate_is_no_exception()
    {
        Assert.False(s_redactor.IsSensitiveKey("\uD800name"));
        Assert.True(s_redactor.IsSensitiveKey("\uD800-password"));
    }

    [Fact]
    public void A_name_longer_than_any_real_one_is_sensitive()
    {
        Assert.False(s_redactor.IsSensitiveKey(new string('x', 256)));
        Assert.True(s_redactor.IsSensitiveKey(new string('x', 257)));
    }

    [Fact]
    public void Judging_a_name_allocates_nothing()
    {
        foreach (var key in new[] { "customerEmailAddress", "partitionKey" })
            Allocation.IsZero(() => s_redactor.IsSensitiveKey(key));
    }
}
