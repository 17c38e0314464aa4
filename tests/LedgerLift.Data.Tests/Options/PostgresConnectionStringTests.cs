using Npgsql;

namespace LedgerLift.Data.Tests;

public sealed class PostgresConnectionStringTests
{
    [Theory]
    [InlineData("postgres://ada:p%40ss@db.example.org:5433/books")]
    [InlineData("postgresql+psycopg://ada:p%40ss@db.example.org:5433/books")]
    [InlineData("Host=db.example.org;Port=5433;Username=ada;Password=p@ss;Database=books")]
    public void Gives_one_form_of_all(string text)
    {
        var settings = new NpgsqlConnectionStringBuilder(PostgresConnectionString.ToNpgsql(text));

        Assert.Equal(
            ("db.example.org", 5433, "ada", "p@ss", "books"),
            (settings.Host, settings.Port, settings.Username, settings.Password, settings.Database)
        );
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("mysql://ada:canary@db/books")]
    [InlineData("Host=db;Password=canary;Colour=red")]
    public void Refuses_what_is_none_without_showing_a_secret(string text)
    {
        var fault = Assert.Throws<ArgumentException>(() => PostgresConnectionString.ToNpgsql(text));

        Assert.DoesNotContain("canary", fault.Message, StringComparison.Ordinal);
    }
}
