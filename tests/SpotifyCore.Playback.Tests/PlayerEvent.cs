using SpotifyCore.Content.Identity;
using SpotifyCore.Playback.Playing;

namespace SpotifyCore.Playback.Tests;

/// <summary>Something a player told its listener.</summary>
internal abstract record PlayerEvent
{
    internal sealed record Sounding(PlayId Play, long Timestamp) : PlayerEvent;

    internal sealed record Advanced(PlayId Play, int Epoch, uint NextChunk, long Position) : PlayerEvent;

    internal sealed record Stuttered(PlayId Play, TimeSpan Length) : PlayerEvent;

    internal sealed record SilenceChanged(PlayId Play, bool IsSilent) : PlayerEvent;

    internal sealed record Ended(PlayId Play, long Samples, PlayEnd End, long Timestamp) : PlayerEvent;

    internal sealed record Failed(PlayId Play, PlayFailure Failure, string Reason) : PlayerEvent;

    internal sealed record Drained : PlayerEvent;
}
