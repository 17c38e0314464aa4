using System.Net.Sockets;
using DocumentPipeline;
using LedgerLift.Auth;
using LedgerLift.Data;
using LedgerLift.Storage;
using Microsoft.Extensions.Options;

namespace UploadHost;

/// <summary>Says in one line why the host cannot start; what is not here is a fault of the program and shows its stack.</summary>
internal static class StartFault
{
    public static string? Explain(Exception fault) =>
        fault switch
        {
            SettingsException => $"The host cannot start: {fault.Message}",
            ArgumentException { ParamName: "text" } wrong => $"The host cannot start: DATABASE_URL is wrong. {wrong.Message}",
            OptionsValidationException wrong => $"The host cannot start: {string.Join(" ", wrong.Failures)}",
            DatabaseException or StorageException or TokenStoreException => $"The host cannot start: {fault.Message}",
            IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } =>
                $"The host cannot start: the port is in use. {fault.Message} Give another by --urls http://127.0.0.1:PORT.",
            IOException { InnerException: SocketException } => $"The host cannot start: {fault.Message}",
            IOException =>
                $"The host cannot start: another host may be using the same data folder; set LedgerLift__Host__DataFolder. {fault.Message}",
            InvalidOperationException { InnerException: FormatException } => $"The host cannot start: {fault.Message}",
            _ => null,
        };
}
