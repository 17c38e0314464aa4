var builder = WebApplication.CreateSlimBuilder(args);
var app = builder.Build();
app.MapGet("/liveness", () => Results.Ok());
await app.RunAsync();
