using System.Collections.Concurrent;

namespace SpotifyCore.Protocol.Transports;

/// <summary>Where the <see cref="MemoryTransport"/>s of one process find each other. Safe for many threads.</summary>
/// <param name="bufferBytes">Bytes one direction of a connection holds before its sender waits.</param>
public sealed class MemoryNetwork(int bufferBytes = 64 * 1024)
{
    private readonly ConcurrentDictionary<int, MemoryListener> _listeners = new();
    private int _lastPort;

    internal int BufferBytes => bufferBytes;

    internal int NextPort() => 10_000 + (Interlocked.Increment(ref _lastPort) % 50_000);

    internal bool TryAdd(MemoryListener listener) => _listeners.TryAdd(listener.EndPoint.Port, listener);

    internal void Remove(MemoryListener listener) =>
        _listeners.TryRemove(KeyValuePair.Create(listener.EndPoint.Port, listener));

    internal MemoryListener? Find(int port) => _listeners.GetValueOrDefault(port);
}
