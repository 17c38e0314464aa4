namespace UploadHost.Tests;

public sealed class EmbeddedHostTests(EmbeddedHostFixture fixture) : HostContract(fixture), IClassFixture<EmbeddedHostFixture>;
