using System.Net;
using System.Net.Sockets;
using DocumentPipeline;

namespace UploadHost;

/// <summary>Says that a port is in use before anything is started, in one line instead of a stack.</summary>
internal static class PortCheck
{
    /// <exception cref="SettingsException">Somebody listens there.</exception>
    public static void Run(IEnumerable<string> urls)
    {
        foreach (var address in urls.Select(BindingAddress.Parse))
        {
            if (!IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) || address.Port == 0)
                continue;
            try
            {
                using var listener = new TcpListener(ip, address.Port);
                listener.Start();
            }
            catch (SocketException taken) when (taken.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
                throw new SettingsException(
                    $"the port {address.Port} is in use or not allowed. Give another by --urls http://127.0.0.1:PORT."
                );
            }
        }
    }
}
