using DocumentPipeline;
using UploadHost;

// Without a PDF tool the host starts itself once more to count the pages of a document.
if (PageCounter.IsAsked(args))
    return PageCounter.Run();

try
{
    var builder = HostBuilding.Create(args);
    var mode = HostMode.Decide(builder.Configuration);
    mode.CheckAddresses(HostBuilding.Urls(builder));

    // The one place that decides between embedded parts and real servers.
    var parts = mode.IsEmbedded ? EmbeddedParts.Add(builder) : RealParts.Add(builder);

    HostBuilding.AddShared(builder, parts);
    await using var app = builder.Build();
    if (await HostCommands.TryRunAsync(args, app) is { } exitCode)
        return exitCode;
    await RealParts.CheckNamesAsync(builder.Configuration, mode);
    PortCheck.Run(HostBuilding.Urls(builder));
    HostPipeline.Configure(app, parts);
    await app.StartAsync();
    StartReport.Write(app, parts);
    await app.WaitForShutdownAsync();
    return 0;
}
catch (Exception fault) when (StartFault.Explain(fault) is { } line)
{
    await Console.Error.WriteLineAsync(line);
    return 1;
}
