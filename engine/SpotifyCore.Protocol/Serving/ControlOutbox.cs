using SpotifyCore.Content.Limits;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Shells;

namespace SpotifyCore.Protocol.Serving;

/// <summary>
/// Small frames that a connection has to send, ahead of chunks: they wait in a small batch that is held only while
/// there are any. Owned by the connection's loop.
/// </summary>
internal sealed class ControlOutbox(SendBatchPool pool, Subnet subnet)
{
    private SendBatch? _batch;

    /// <summary>True when another frame fits; else the loop must send first.</summary>
    public bool HasRoom => _batch is null || _batch.Room >= SendBatch.AnswerRoom;

    /// <summary>What is to be sent.</summary>
    public ReadOnlyMemory<byte> Unsent => _batch is null ? default : _batch.Unsent;

    public void Add(in PeerMessage message)
    {
        _batch ??= pool.TryRent(subnet);
        _batch?.Add(message);
    }

    /// <summary>Takes in that everything was sent.</summary>
    public void MarkSent()
    {
        if (_batch is { } batch)
            pool.Return(batch, subnet);

        _batch = null;
    }
}
