namespace SpotifyCore.Playback.Playing;

/// <summary>What a player was told to do.</summary>
internal enum PlayerCommandKind
{
    Start,
    BeginSounding,
    SetNext,
    TakeBack,
    Seek,
    Pause,
    Resume,
    Stop,
    SetLoudness,
    SetVolume,
    SetCrossfade,
    Close,
}
