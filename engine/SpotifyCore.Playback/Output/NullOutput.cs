namespace SpotifyCore.Playback.Output;

/// <summary>Drops samples at the pace they would sound, as a sound card with a buffer of a given length takes them.</summary>
public sealed class NullOutput : IAudioOutput
{
    /// <summary>Makes a card with <paramref name="buffer"/> of room, running on <paramref name="time"/>.</summary>
    public NullOutput(TimeSpan buffer, TimeProvider time) => throw new NotSupportedException();

    /// <inheritdoc/>
    public bool IsRealTime => true;

    /// <inheritdoc/>
    public int Pending => throw new NotSupportedException();

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<float> interleaved) => throw new NotSupportedException();

    /// <inheritdoc/>
    public void Flush() => throw new NotSupportedException();

    /// <inheritdoc/>
    public void Drain() => throw new NotSupportedException();

    /// <inheritdoc/>
    public void SetPaused(bool paused) => throw new NotSupportedException();

    /// <inheritdoc/>
    public void Dispose() => throw new NotSupportedException();
}
