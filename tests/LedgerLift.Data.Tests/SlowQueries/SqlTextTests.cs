using FsCheck;
using FsCheck.Fluent;

namespace LedgerLift.Data.Tests;

public sealed class SqlTextTests
{
    [Theory]
    [InlineData("SELECT 1", "SELECT ?")]
    [InlineData("SELECT 'secret'", "SELECT ?")]
    [InlineData("SELECT 'it''s secret', x", "SELECT ?, x")]
    [InlineData("SELECT E'it\\'s secret', x", "SELECT ?, x")]
    [InlineData("SELECT U&'secret' , B'101', x'1F'", "SELECT ? , ?, ?")]
    [InlineData("SELECT $$secret$$, $tag$it's $$secret$tag$, $1", "SELECT ?, ?, $1")]
    [InlineData("SELECT \"Column 'a'\" FROM t1 WHERE a2=-3.5e+10", "SELECT \"Column 'a'\" FROM t1 WHERE a2=-?")]
    [InlineData("SELECT a -- secret\n FROM t /* secret /* nested */ secret */ WHERE b", "SELECT a FROM t WHERE b")]
    [InlineData("  SELECT\r\n\t a  ", "SELECT a")]
    [InlineData("SELECT 'never ends secret", "SELECT ?")]
    [InlineData("SELECT $q$never ends secret", "SELECT ?")]
    [InlineData("SELECT 1 /* never ends secret", "SELECT ?")]
    [InlineData("INSERT INTO t VALUES (1, 0x1F, 1_000, .5)", "INSERT INTO t VALUES (?, ?, ?, .?)")]
    [InlineData("", "")]
    public void Literals_and_comments_do_not_survive(string sql, string expected) => Assert.Equal(expected, SqlText.Mask(sql));

    [Fact]
    public void Long_text_is_cut() =>
        Assert.Equal(SqlText.LongestText, SqlText.Mask(string.Concat(Enumerable.Repeat("abc, ", 5000))).Length);

    [Fact]
    public void What_stands_in_a_string_is_never_shown() =>
        Prop.ForAll(
                (
                    from text in Gen.Elements("c4nary", "'c4nary", "c4nary'", "--c4nary", "/*c4nary", "$$c4nary", "\\c4nary").ArrayOf()
                    select string.Concat(text)
                ).ToArbitrary(),
                secret =>
                    !SqlText
                        .Mask($"SELECT '{secret.Replace("'", "''", StringComparison.Ordinal)}' FROM t")
                        .Contains("c4nary", StringComparison.Ordinal)
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Masking_ends_for_any_text() =>
        Prop.ForAll<NonNull<string>>(sql => SqlText.Mask(sql.Get).Length <= SqlText.LongestText)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
}
