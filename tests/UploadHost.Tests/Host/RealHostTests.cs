namespace UploadHost.Tests;

public sealed class RealHostTests(RealHostFixture fixture) : HostContract(fixture), IClassFixture<RealHostFixture>;
