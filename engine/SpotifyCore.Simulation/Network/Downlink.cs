namespace SpotifyCore.Simulation.Network;

/// <summary>A host's way in: what arrives goes through one after the other, at its rate.</summary>
/// <param name="bytesPerSecond">The rate.</param>
internal sealed class Downlink(double bytesPerSecond)
{
    private long _freeAt;

    /// <summary>Its rate.</summary>
    public double BytesPerSecond { get; set; } = bytesPerSecond;

    /// <summary>How long something that arrives at a time would wait for what came before it.</summary>
    public long QueueAt(long arrival) => Math.Max(0, _freeAt - arrival);

    /// <summary>
    /// When something is through whose last byte arrives now: at once when nothing else came meanwhile, as its first
    /// bytes were through before.
    /// </summary>
    public long Pass(long arrival, int bytes)
    {
        var takes = (long)(bytes / BytesPerSecond * TimeSpan.TicksPerSecond);
        _freeAt = Math.Max(arrival - takes, _freeAt) + takes;
        return Math.Max(arrival, _freeAt);
    }
}
