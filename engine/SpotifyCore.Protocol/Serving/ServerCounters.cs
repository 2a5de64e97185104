namespace SpotifyCore.Protocol.Serving;

/// <summary>What a server's connections count together.</summary>
internal sealed class ServerCounters
{
    private long _accepted;
    private long _refused;
    private long _chunks;
    private long _bytes;
    private long _misses;
    private long _puts;

    public void Accepted() => Interlocked.Increment(ref _accepted);

    public void Refused() => Interlocked.Increment(ref _refused);

    public void Missed() => Interlocked.Increment(ref _misses);

    public void Put() => Interlocked.Increment(ref _puts);

    public void Sent(int chunks, int bytes)
    {
        Interlocked.Add(ref _chunks, chunks);
        Interlocked.Add(ref _bytes, bytes);
    }

    public ChunkServerUsage Read(int connections) => new(
        connections,
        Interlocked.Read(ref _accepted),
        Interlocked.Read(ref _refused),
        Interlocked.Read(ref _chunks),
        Interlocked.Read(ref _bytes),
        Interlocked.Read(ref _misses),
        Interlocked.Read(ref _puts));
}
