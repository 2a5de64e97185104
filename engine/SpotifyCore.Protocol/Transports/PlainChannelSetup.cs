using System.Net.Sockets;

namespace SpotifyCore.Protocol.Transports;

/// <summary>Takes every socket as it is.</summary>
internal sealed class PlainChannelSetup : IChannelSetup
{
    public ValueTask<IConnection?> SetUpAsync(Socket socket) =>
        ValueTask.FromResult<IConnection?>(new TcpConnection(socket));

    public void Dispose()
    {
        // Nothing is ever under way.
    }
}
