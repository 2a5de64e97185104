namespace SpotifyCore.Core.Actions;

/// <summary>
/// A client's connections to peers and nodes, for its core. Called on the loop; answers come as events, never from
/// within a call.
/// </summary>
public interface IPeerNetwork
{
    /// <summary>Opens a connection and says hello.</summary>
    void Connect(in Connect connect);

    /// <summary>Ends a connection after what was sent before.</summary>
    void Close(in CloseConnection close);

    /// <summary>Sends a message without payload.</summary>
    void Send(in SendMessage send);

    /// <summary>Answers a search with peers.</summary>
    void SendHit(in SendHit hit);

    /// <summary>Tells which chunks of a part are held.</summary>
    void SendPart(in SendPart part);

    /// <summary>Sends a chunk out of the cache.</summary>
    void SendChunk(in SendChunk chunk);
}
