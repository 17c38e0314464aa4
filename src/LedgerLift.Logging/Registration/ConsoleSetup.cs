using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace LedgerLift.Logging;

/// <summary>Has the console provider write in the format of <see cref="LedgerLiftLoggingOptions"/>.</summary>
internal sealed class ConsoleSetup(IOptions<LedgerLiftLoggingOptions> options) : IConfigureOptions<ConsoleLoggerOptions>
{
    public void Configure(ConsoleLoggerOptions console) =>
        console.FormatterName = LogFormat.Is(options.Value.Format, LogFormat.Console)
            ? TextLineFormatter.FormatterName
            : JsonLineFormatter.FormatterName;
}
