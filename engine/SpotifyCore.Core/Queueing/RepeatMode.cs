namespace SpotifyCore.Core.Queueing;

/// <summary>What a queue does at the end of a track and of itself.</summary>
public enum RepeatMode
{
    /// <summary>Goes through once.</summary>
    Off,

    /// <summary>Begins again after the last.</summary>
    All,

    /// <summary>Plays the current one again until it is skipped.</summary>
    One,
}
