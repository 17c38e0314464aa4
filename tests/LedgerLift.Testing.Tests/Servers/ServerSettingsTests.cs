namespace LedgerLift.Testing.Tests;

public sealed class ServerSettingsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ledgerlift-settings-");
    private readonly Dictionary<string, string?> _environment = [];

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_file_is_found_from_deep_inside_the_repository()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "LedgerLift.Infrastructure.sln"), "");
        WriteFile(Path.Combine("artifacts", "services"), "LEDGERLIFT_TEST_REDIS='127.0.0.1:1'");

        Assert.Equal("127.0.0.1:1", Load(Path.Combine("artifacts", "bin", "X")).Require(ServerSettings.Redis));
    }

    [Fact]
    public void A_given_folder_comes_before_the_repositorys()
    {
        WriteFile("mine", "LEDGERLIFT_TEST_POSTGRES='Host=h;Password=a=b'", "# LEDGERLIFT_TEST_REDIS='no'", "");
        _environment[ServerSettings.ServicesFolder] = Path.Combine(_folder.FullName, "mine");

        Assert.Equal("Host=h;Password=a=b", Load().Find(ServerSettings.Postgres));
        Assert.Null(Load().Find(ServerSettings.Redis));
    }

    [Fact]
    public void An_environment_that_names_a_server_is_all_that_counts()
    {
        WriteFile("mine", "LEDGERLIFT_TEST_REDIS='ours:1'", "LEDGERLIFT_TEST_OWNED_SERVERS='/x/eng/services'");
        _environment[ServerSettings.ServicesFolder] = Path.Combine(_folder.FullName, "mine");
        _environment[ServerSettings.Postgres] = "Host=theirs";

        var settings = Load();

        Assert.Equal("Host=theirs", settings.Find(ServerSettings.Postgres));
        Assert.Null(settings.Find(ServerSettings.Redis));
        Assert.Null(settings.Find(ServerSettings.OwnedServers));
    }

    [Theory]
    [InlineData(ServerSettings.Redis, "eng/services up redis`")]
    [InlineData(ServerSettings.PostgresStandby, "eng/services up standby`")]
    [InlineData(ServerSettings.S3Region, "eng/services up s3`")]
    public void A_missing_setting_names_the_variable_and_the_command(string name, string command)
    {
        var failure = Assert.Throws<ServerMissingException>(() => Load().Require(name));

        Assert.StartsWith(name + " is not set", failure.Message, StringComparison.Ordinal);
        Assert.Contains(command, failure.Message, StringComparison.Ordinal);
    }

    private ServerSettings Load(string start = "") =>
        ServerSettings.Load(_environment.GetValueOrDefault, Path.Combine(_folder.FullName, start));

    private void WriteFile(string folder, params string[] lines)
    {
        var path = Directory.CreateDirectory(Path.Combine(_folder.FullName, folder)).FullName;
        File.WriteAllLines(Path.Combine(path, "env"), lines);
    }
}
