namespace SpotifyCore.Playback.Output;

/// <summary>Takes samples as fast as they come and drops them, counting.</summary>
internal sealed class FastNullOutput : IAudioOutput
{
    private long _samples;

    /// <summary>Samples per channel taken so far; readable from any thread.</summary>
    public long Samples => Interlocked.Read(ref _samples);

    /// <inheritdoc/>
    public bool IsRealTime => false;

    /// <inheritdoc/>
    public int Pending => 0;

    /// <inheritdoc/>
    public int Room => int.MaxValue;

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<float> interleaved) =>
        Interlocked.Add(ref _samples, interleaved.Length / AudioFormat.Channels);

    /// <inheritdoc/>
    public void Flush()
    {
    }

    /// <inheritdoc/>
    public void Drain()
    {
    }

    /// <inheritdoc/>
    public void SetPaused(bool paused)
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
