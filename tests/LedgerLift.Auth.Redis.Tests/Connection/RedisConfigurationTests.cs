using System.Net;

namespace LedgerLift.Auth.Redis.Tests;

public sealed class RedisConfigurationTests
{
    [Fact]
    public void Reads_a_url()
    {
        Assert.True(RedisConfiguration.TryParse("rediss://default:p%40ss@redis.internal:7000/3", out var options, out _));

        Assert.Equal(new DnsEndPoint("redis.internal", 7000), Assert.Single(options.EndPoints));
        Assert.True(options.Ssl);
        Assert.Equal("p@ss", options.Password);
        Assert.Equal(3, options.DefaultDatabase);
    }

    [Theory]
    [InlineData("redis://localhost")]
    [InlineData("redis://localhost/")]
    public void A_url_may_leave_out_what_is_usual(string text)
    {
        Assert.True(RedisConfiguration.TryParse(text, out var options, out _));

        Assert.Equal(6379, ((DnsEndPoint)Assert.Single(options.EndPoints)).Port);
        Assert.False(options.Ssl);
        Assert.Null(options.Password);
        Assert.Null(options.DefaultDatabase);
    }

    [Fact]
    public void Reads_the_clients_own_form_with_all_nodes()
    {
        Assert.True(RedisConfiguration.TryParse("a:1,b:2,c:3,password=secret,keepAlive=9", out var options, out _));

        Assert.Equal(3, options.EndPoints.Count);
        Assert.Equal("secret", options.Password);
        Assert.Equal(9, options.KeepAlive);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("localhost,abortConnect=true")]
    [InlineData("redis://localhost")]
    public void A_server_that_is_down_at_start_is_waited_for_and_a_silent_one_is_tried(string text)
    {
        Assert.True(RedisConfiguration.TryParse(text, out var options, out _));

        Assert.False(options.AbortOnConnectFail);
        Assert.Equal(5, options.KeepAlive);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("password=hunter2hunter2")]
    [InlineData("redis://user:hunter2hunter2@localhost")]
    [InlineData("redis://:hunter2hunter2@localhost/first")]
    [InlineData("localhost,connectTimeout=hunter2hunter2")]
    public void Refuses_what_names_no_server_without_showing_it(string text)
    {
        Assert.False(RedisConfiguration.TryParse(text, out _, out var fault));

        Assert.NotEmpty(fault);
        Assert.DoesNotContain("hunter2", fault, StringComparison.Ordinal);
    }
}
