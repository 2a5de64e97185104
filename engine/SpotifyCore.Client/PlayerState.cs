namespace SpotifyCore.Client;

/// <summary>What a client's player does.</summary>
public enum PlayerState
{
    /// <summary>Nothing plays.</summary>
    Stopped,

    /// <summary>A track was chosen and does not sound yet.</summary>
    Opening,

    /// <summary>The track that plays is silent: what it waits for is in <see cref="PlayerStatus.WaitsFor"/>.</summary>
    Waiting,

    /// <summary>A track sounds.</summary>
    Playing,

    /// <summary>The sound was stopped where it is.</summary>
    Paused,
}
