namespace SpotifyCore.Protocol.Transports.Sockets;

/// <summary>Takes every connection as it is.</summary>
internal sealed class PlainChannelSetup : IChannelSetup
{
    public ValueTask<IConnection?> SetUpAsync(IConnection accepted) => ValueTask.FromResult<IConnection?>(accepted);

    public void Dispose()
    {
        // Nothing is ever under way.
    }
}
