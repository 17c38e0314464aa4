namespace LedgerLift.Logging.Tests;

public sealed class AssignmentTests
{
    private static readonly PiiRedactor s_redactor = new();

    [Theory]
    [InlineData("password=hunter2", "password=[REDACTED]")]
    [InlineData("password = myPassword", "password = [REDACTED]")]
    [InlineData("PrivateKey = MIIEvQIBADANBgkq", "PrivateKey = [REDACTED]")]
    [InlineData("apiKey = x7apiKey", "apiKey = [REDACTED]")]
    [InlineData("password = hunter2, user = ada", "password = [REDACTED], user = ada")]
    [InlineData("login ada Password: hunter2 failed", "login ada Password: [REDACTED] failed")]
    [InlineData("pw={hunter2}", "pw=[REDACTED]")]
    [InlineData("user=ada;pwd=a'b\"c d;x=1", "user=ada;pwd=[REDACTED]'b\"c d;x=1")]
    [InlineData("User { Name = Ada, Password = hunter2 }", "User { Name = Ada, Password = [REDACTED] }")]
    [InlineData("api_key: 'abc def'", "api_key: '[REDACTED]'")]
    [InlineData("{\"user\":\"ada\",\"password\":\"hu\\\"nter2\"} trailing", "{\"user\":\"ada\",\"password\":\"[REDACTED]\"} trailing")]
    [InlineData("body {\\\"token\\\":\\\"abc\\\",\\\"n\\\":1}", "body {\\\"token\\\":\\\"[REDACTED]\\\",\\\"n\\\":1}")]
    [InlineData("x {\"p\\u0061ssword\": \"hunter2\"}", "x {\"p\\u0061ssword\": \"[REDACTED]\"}")]
    [InlineData("x {\"secret\": {\"a\": [1, 2]}, \"b\": 3}", "x {\"secret\": [REDACTED], \"b\": 3}")]
    [InlineData("x \"cvv\": 123, \"n\": 1", "x \"cvv\": [REDACTED], \"n\": 1")]
    [InlineData("password is: hunter2", "password is: [REDACTED]")]
    [InlineData("secret: \"never closed", "secret: \"[REDACTED]")]
    [InlineData("<Password>hunter2</Password>", "<Password>[REDACTED]</Password>")]
    [InlineData("<user token=\"abc\" name=\"ada\"/>", "<user token=\"[REDACTED]\" name=\"ada\"/>")]
    [InlineData("headers[\"Authorization\"] = \"abc\"", "headers[\"Authorization\"] = \"[REDACTED]\"")]
    [InlineData("passphrase: correct horse battery staple\nnext", "passphrase: [REDACTED]\nnext")]
    public void The_value_behind_a_sensitive_name_is_hidden(string text, string expected) =>
        Assert.Equal(expected, s_redactor.RedactText(text));

    [Theory]
    [InlineData("Authorization: Bearer abc.def", "Authorization: [REDACTED]")]
    [InlineData("Authorization: Basic YWRhOng=\r\nHost: x", "Authorization: [REDACTED]\r\nHost: x")]
    [InlineData("authorization: AWS4-HMAC-SHA256 Credential=AKIA/x, Signature=abc", "authorization: [REDACTED]")]
    [InlineData("Cookie: a=b; session=xyz\nAccept: */*", "Cookie: [REDACTED]\nAccept: */*")]
    [InlineData("Set-Cookie: id=abc; Path=/", "Set-Cookie: [REDACTED]")]
    [InlineData("X-Api-Key: 0123456789", "X-Api-Key: [REDACTED]")]
    public void Headers_are_hidden_to_the_end_of_their_value(string text, string expected) =>
        Assert.Equal(expected, s_redactor.RedactText(text));

    [Theory]
    [InlineData(
        "Host=db.example.org;Database=app;Username=svc;Password=hunter2;Pooling=true",
        "Host=db.example.org;Database=app;Username=svc;Password=[REDACTED];Pooling=true"
    )]
    [InlineData("Server=x;User Id=sa;Pwd='a;b';Encrypt=true", "Server=x;User Id=sa;Pwd='[REDACTED]';Encrypt=true")]
    [InlineData(
        "DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=abc+/==;EndpointSuffix=core.windows.net",
        "DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=[REDACTED];EndpointSuffix=core.windows.net"
    )]
    [InlineData(
        "Endpoint=sb://x;SharedAccessKeyName=Root;SharedAccessKey=abc=",
        "Endpoint=sb://x;SharedAccessKeyName=[REDACTED];SharedAccessKey=[REDACTED]"
    )]
    [InlineData("redis:6379,password=hunter2,ssl=true", "redis:6379,password=[REDACTED],ssl=true")]
    [InlineData("Account Key=abc", "Account Key=[REDACTED]")]
    public void Connection_strings_keep_what_is_no_secret(string text, string expected) =>
        Assert.Equal(expected, s_redactor.RedactText(text));

    [Theory]
    [InlineData("https://ada:hunter2@example.org/path?x=1", "https://[REDACTED]@example.org/path?x=1")]
    [InlineData("postgres://svc:p/w@d@db:5432/app", "postgres://[REDACTED]@db:5432/app")]
    [InlineData("redis://:hunter2@cache:6379", "redis://[REDACTED]@cache:6379")]
    [InlineData("https://api.example.org/cb?code=abc&state=xyz", "https://api.example.org/cb?code=[REDACTED]&state=xyz")]
    [InlineData("/files?access_token=abc&page=2#token=def", "/files?access_token=[REDACTED]&page=2#token=[REDACTED]")]
    [InlineData("/x?%61ccess_token=abc", "/x?%61ccess_token=[REDACTED]")]
    [InlineData("https://maps.example.org/api?key=abc&q=x", "https://maps.example.org/api?key=[REDACTED]&q=x")]
    [InlineData(
        "https://acme.blob.core.windows.net/c/b?sv=2024-01-01&se=2025&sig=abc%3D",
        "https://acme.blob.core.windows.net/c/b?sv=2024-01-01&se=2025&sig=[REDACTED]"
    )]
    public void Urls_keep_host_and_path(string text, string expected) => Assert.Equal(expected, s_redactor.RedactText(text));

    [Fact]
    public void A_presigned_url_keeps_host_and_path_and_loses_its_signature()
    {
        const string Url =
            "https://bucket.s3.eu-west-1.amazonaws.com/docs/2024/a.pdf?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20240101"
            + "&X-Amz-Date=20240101T000000Z&X-Amz-Expires=900&X-Amz-Security-Token=IQoJb3JpZ2lu&X-Amz-SignedHeaders=host&X-Amz-Signature=fe5f80f77d5fa3be";

        Assert.Equal(
            "https://bucket.s3.eu-west-1.amazonaws.com/docs/2024/a.pdf?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=[REDACTED]"
                + "&X-Amz-Date=20240101T000000Z&X-Amz-Expires=900&X-Amz-Security-Token=[REDACTED]&X-Amz-SignedHeaders=host&X-Amz-Signature=[REDACTED]",
            s_redactor.RedactText(Url)
        );
    }

    [Theory]
    [InlineData("password: The password of the user")]
    [InlineData("Token: is required when signing in")]
    [InlineData("var token = source.Token;")]
    [InlineData("token = GetToken()")]
    [InlineData("PrivateKey = knownPrivateKey, // base64url")]
    [InlineData("password = null")]
    [InlineData("if (password == other)")]
    [InlineData("password => password.Length")]
    [InlineData("System.Security::Password")]
    [InlineData("AuthenticationService: started on port 80")]
    [InlineData("PasswordController: Add a check")]
    [InlineData("the token count: 17")]
    [InlineData("password=")]
    [InlineData("password: ********")]
    [InlineData("at 12:30:15, C:\\temp\\x, http://host:8080/path")]
    [InlineData("tokenCount=17&author=ada")]
    [InlineData("Available tokens: '{0}'")]
    [InlineData("in /src/Auth/Token.cs:line 17")]
    public void Sentences_and_code_stay(string text) => Assert.Same(text, s_redactor.RedactText(text));

    [Fact]
    public void Whole_json_documents_are_read_by_their_keys()
    {
        const string Json = """{ "user": { "name": "ada", "creditCard": { "no": 1 } }, "n": 1.50, "list": [ { "apiKey": "x" } ] }""";

        Assert.Equal(
            """{"user":{"name":"ada","creditCard":"[REDACTED]"},"n":1.50,"list":[{"apiKey":"[REDACTED]"}]}""",
            s_redactor.RedactText(Json)
        );
    }

    [Fact]
    public void Json_in_a_json_string_is_read_too()
    {
        const string Json = """{"body":"{\"password\":\"hunter2\",\"n\":1}"}""";

        Assert.Equal("""{"body":"{\"password\":\"[REDACTED]\",\"n\":1}"}""", s_redactor.RedactText(Json));
    }

    [Fact]
    public void Json_without_anything_to_hide_is_the_same_object()
    {
        const string Json = """{ "a" : [ 1, 2, { "b": "c:d" } ] }""";

        Assert.Same(Json, s_redactor.RedactText(Json));
    }

    [Fact]
    public void Values_can_be_left_alone()
    {
        var redactor = new PiiRedactor(new PiiRedactionOptions { DetectValues = false });

        Assert.Equal("password=hunter2 ada@example.org", redactor.RedactText("password=hunter2 ada@example.org"));
    }
}
