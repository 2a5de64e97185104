using System.Net;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Protocol.Transports;

/// <summary>
/// One side of connections within a process. Sides that share a <see cref="MemoryNetwork"/> reach each other by the
/// port they listen at, whatever the host; a side made with an id proves it.
/// </summary>
/// <param name="network">Where it finds the others.</param>
/// <param name="id">What it proves, if anything.</param>
public sealed class MemoryTransport(MemoryNetwork network, PeerId? id = null) : ITransport
{
    /// <inheritdoc/>
    public async ValueTask<IConnection> ConnectAsync(NodeAddress address, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (network.Find(address.Port) is not { } listener)
            throw new IOException($"Nobody answers at {address}.");
        if (address.Id is { } expected && expected != listener.Id)
            throw new IOException($"Somebody else than {address} answers there.");

        var there = new MemoryPipe(network.BufferBytes);
        var back = new MemoryPipe(network.BufferBytes);
        var ours = new MemoryConnection(back, there, listener.EndPoint, listener.Id);
        var caller = new IPEndPoint(IPAddress.Loopback, network.NextPort());
        if (listener.TryAdd(new MemoryConnection(there, back, caller, id)))
            return ours;

        await ours.DisposeAsync();
        throw new IOException($"Nobody answers at {address}.");
    }

    /// <inheritdoc/>
    public ValueTask<IConnectionListener> ListenAsync(
        IPEndPoint endPoint, CancellationToken cancellationToken = default)
    {
        var port = endPoint.Port == 0 ? network.NextPort() : endPoint.Port;
        var listener = new MemoryListener(network, new IPEndPoint(endPoint.Address, port), id);
        return network.TryAdd(listener)
            ? ValueTask.FromResult<IConnectionListener>(listener)
            : ValueTask.FromException<IConnectionListener>(new IOException($"Can't listen at {endPoint}."));
    }
}
