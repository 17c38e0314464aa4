using System.Net;
using System.Net.Sockets;

namespace LedgerLift.Testing;

/// <summary>A port of its own on 127.0.0.1, kept while nobody listens on it: connections are then refused, and nobody else can take it.</summary>
internal sealed class ProxyPort : IDisposable
{
    private readonly Socket _reservation = Bind(0);
    private Socket? _listener;

    public IPEndPoint EndPoint => (IPEndPoint)_reservation.LocalEndPoint!;

    /// <summary>Opens the port.</summary>
    public Socket Open()
    {
        _listener = Bind(EndPoint.Port);
        _listener.Listen(512);
        return _listener;
    }

    /// <summary>From now on connections are refused; those not yet accepted are reset.</summary>
    public void Close() => _listener?.Dispose();

    public void Dispose()
    {
        Close();
        _reservation.Dispose();
    }

    private static Socket Bind(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, optionValue: true);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        return socket;
    }
}
