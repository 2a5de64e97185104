using System.Net;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Protocol.Transports;

/// <summary>
/// A byte channel to one peer. One receive and one send may run at the same time. Neither allocates in the steady
/// state. Disposing it ends both. A cancelled receive or send leaves it fit for nothing but disposal.
/// </summary>
public interface IConnection : IAsyncDisposable
{
    /// <summary>Whose key the channel proved; null on a channel that proves none.</summary>
    PeerId? RemoteId { get; }

    /// <summary>Where the far side is.</summary>
    EndPoint RemoteEndPoint { get; }

    /// <summary>
    /// Reads at least one byte into the caller's memory, 0 at the end. An empty <paramref name="destination"/> waits
    /// until a read would bring bytes, so that an idle connection holds no buffer.
    /// </summary>
    /// <exception cref="IOException">The connection was lost or disposed.</exception>
    ValueTask<int> ReceiveAsync(Memory<byte> destination, CancellationToken cancellationToken = default);

    /// <summary>Sends all of the caller's memory; waits while the far side does not read.</summary>
    /// <exception cref="IOException">The connection was lost or disposed.</exception>
    ValueTask SendAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default);

    /// <summary>
    /// Nothing more is sent: the far side reads what was, then the end. What it still sends can be received. Not to be
    /// called while a send is under way; a connection that is lost is left as it is.
    /// </summary>
    void EndSending();

    /// <summary>
    /// Has what is awaited here go on at once on the thread that learned of it, which serves other connections as well:
    /// from now on whoever awaits must never block. Where that can't be had nothing changes.
    /// </summary>
    void CompleteInline()
    {
        // The thread pool goes on.
    }
}
