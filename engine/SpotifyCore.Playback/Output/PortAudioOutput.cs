namespace SpotifyCore.Playback.Output;

/// <summary>Sounds samples on a sound card through PortAudio.</summary>
public sealed class PortAudioOutput : IAudioOutput
{
    /// <summary>Opens the device.</summary>
    public PortAudioOutput(PortAudioOptions options) => throw new NotSupportedException();

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
