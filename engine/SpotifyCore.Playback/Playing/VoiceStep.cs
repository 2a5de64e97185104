namespace SpotifyCore.Playback.Playing;

/// <summary>What a voice did when it was asked to decode on.</summary>
[Flags]
internal enum VoiceStep
{
    /// <summary>Nothing: it is full, at its end, or waits for its feed.</summary>
    None = 0,

    /// <summary>It decoded some sound.</summary>
    Decoded = 1,

    /// <summary>It took a chunk from its feed.</summary>
    TookChunk = 2,
}
