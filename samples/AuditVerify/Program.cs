using LedgerLift.Samples.AuditVerify;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, interrupt) =>
{
    interrupt.Cancel = true;
    stop.Cancel();
};
return await VerifyCommand.RunAsync(args, Console.Out, Console.Error, stop.Token);
