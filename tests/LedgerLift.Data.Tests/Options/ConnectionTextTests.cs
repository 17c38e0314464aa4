using System.Globalization;
using Npgsql;

namespace LedgerLift.Data.Tests;

public sealed class ConnectionTextTests
{
    private const string Secret = "c4naryPassw0rd";

    [Theory]
    [InlineData("postgres://u:p@h/d", "Host=h;Username=u;Password=p;Database=d")]
    [InlineData("postgresql://u:p@h:6000/d", "Host=h;Port=6000;Username=u;Password=p;Database=d")]
    [InlineData("postgresql+asyncpg://u:p@h:6000/d", "Host=h;Port=6000;Username=u;Password=p;Database=d")]
    [InlineData("POSTGRESQL+psycopg2://u@h", "Host=h;Username=u")]
    [InlineData("postgres://u%40x:p%3Aa%2Fb%40c%25@h/d%20e", "Host=h;Username=u@x;Password=p:a/b@c%;Database=d e")]
    [InlineData("postgres://u:p:q@h/d", "Host=h;Username=u;Password=p:q;Database=d")]
    [InlineData("postgres://[::1]:5433/d", "Host=::1;Port=5433;Database=d")]
    [InlineData("postgres://u:p@a:1,b:2/d", "Host=a:1,b:2;Username=u;Password=p;Database=d")]
    [InlineData("postgres:///d?host=h&user=u&password=p", "Host=h;Username=u;Password=p;Database=d")]
    [InlineData("postgres://h/d?sslmode=verify-full&connect_timeout=7", "Host=h;Database=d;SSL Mode=VerifyFull;Timeout=7")]
    [InlineData(
        "postgres://h/d?application_name=a%20b&target_session_attrs=read-write",
        "Host=h;Database=d;Application Name=a b;Target Session Attributes=read-write"
    )]
    [InlineData("  postgres://h/d  ", "Host=h;Database=d")]
    [InlineData("postgres://h/d?Search%20Path=s", "Host=h;Database=d;Search Path=s")]
    public void A_url_equals_its_npgsql_form(string text, string pairs)
    {
        var fromUrl = ConnectionText.Parse(text);

        Assert.Null(fromUrl.Fault);
        Assert.Equal(Pairs(new NpgsqlConnectionStringBuilder(pairs)), Pairs(fromUrl.Settings!));
    }

    [Fact]
    public void The_npgsql_form_is_taken_as_it_is()
    {
        const string Text = "Host=h;Port=5433;Username=u;Password=\"p;q=r\";Database=d;Root Certificate=c";

        var parsed = ConnectionText.Parse(Text);

        Assert.Equal(new NpgsqlConnectionStringBuilder(Text).ConnectionString, parsed.Settings!.ConnectionString);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("   ", "is empty")]
    [InlineData(null, "is empty")]
    [InlineData("Username=u;Password=c4naryPassw0rd", "names no host")]
    [InlineData("Host=h;Password=x;c4naryPassw0rd=1", "number 3")]
    [InlineData("Host=h;Password=x;c4naryPassw0rd", "cannot be read")]
    [InlineData("Host=h;Port=c4naryPassw0rd", "number 2")]
    [InlineData("Host=h;Port=99999999999", "number 2")]
    [InlineData("c4naryPassw0rd", "cannot be read")]
    [InlineData("Host=h;Password=c4naryPassw0rd;Multiplexing=true", "Multiplexing")]
    [InlineData("Host=h;Password=c4naryPassw0rd;Persist Security Info=true", "Persist Security Info")]
    [InlineData("postgres://u:c4naryPassw0rd@h/d?Multiplexing=true", "Multiplexing")]
    [InlineData("mysql://u:c4naryPassw0rd@h/d", "URL of another kind")]
    [InlineData("postgres+://u:c4naryPassw0rd@h/d", "URL of another kind")]
    [InlineData("postgresql_x://u:c4naryPassw0rd@h/d", "URL of another kind")]
    [InlineData("postgres://u:c4naryPassw0rd@h:abc/d", "port")]
    [InlineData("postgres://u:c4naryPassw0rd@h:0/d", "port")]
    [InlineData("postgres://u:c4naryPassw0rd@h:65536/d", "port")]
    [InlineData("postgres://u:c4nary/Passw0rd@h/d", "port")]
    [InlineData("postgres://u:c4naryPassw0rd%@h/d", "%25")]
    [InlineData("postgres://u:c4naryPassw0rd%zz@h/d", "%25")]
    [InlineData("postgres://u:c4naryPassw0rd#@h/d", "%23")]
    [InlineData("postgres://u:x@h/d?c4naryPassw0rd=1", "parameter")]
    [InlineData("postgres://u:x@h/d?sslmode=c4naryPassw0rd", "(sslmode)")]
    [InlineData("postgres://u:c4naryPassw0rd@/d", "names no host")]
    public void A_fault_is_named_and_nothing_of_the_text_is_repeated(string? text, string expected)
    {
        var parsed = ConnectionText.Parse(text);

        Assert.Null(parsed.Settings);
        Assert.Contains(expected, parsed.Fault, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, parsed.Fault, StringComparison.Ordinal);
        Assert.DoesNotContain("c4nary", parsed.Fault, StringComparison.Ordinal);
    }

    private static string[] Pairs(NpgsqlConnectionStringBuilder settings) =>
        [.. settings.ConnectionString.Split(';').Order(StringComparer.Ordinal)];

    [Fact]
    public void Names_are_matched_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("tr-TR");
            Assert.Null(ConnectionText.Parse("POSTGRESQL://h/d?APPLICATION_NAME=i").Fault);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
