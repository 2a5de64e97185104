namespace SpotifyCore.Playback.Output;

/// <summary>
/// Where PCM goes: a sound card, a WAV file, nowhere. 48 kHz stereo float, interleaved. Used by one thread.
/// </summary>
public interface IAudioOutput : IDisposable
{
    /// <summary>True when it takes samples at the pace they sound, so that running dry can be heard.</summary>
    bool IsRealTime { get; }

    /// <summary>Samples per channel taken and not yet heard.</summary>
    int Pending { get; }

    /// <summary>Samples per channel that <see cref="Write"/> takes without waiting.</summary>
    int Room { get; }

    /// <summary>Takes all of <paramref name="interleaved"/>, waiting for room as the output's pace demands.</summary>
    void Write(ReadOnlySpan<float> interleaved);

    /// <summary>Drops what was taken and not yet heard: after a seek or a stop.</summary>
    void Flush();

    /// <summary>Waits until all that was taken is heard or on disk.</summary>
    void Drain();

    /// <summary>Stops the sound where it is, or lets it go on.</summary>
    void SetPaused(bool paused);
}
