namespace SpotifyCore.Playback.Output;

/// <summary>Writes a WAV file: 48 kHz, stereo, 16 bit.</summary>
public sealed class WavFileOutput : IAudioOutput
{
    /// <summary>Creates the file, or empties it.</summary>
    public WavFileOutput(string path) => throw new NotSupportedException();

    /// <inheritdoc/>
    public bool IsRealTime => false;

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
