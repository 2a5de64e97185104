namespace SpotifyCore.Client;

/// <summary>What a track that should sound waits for.</summary>
public enum WaitReason
{
    /// <summary>Nothing: it sounds, or nothing is to.</summary>
    None,

    /// <summary>The access point, to say what the track is.</summary>
    AccessPoint,

    /// <summary>A storage node or another listener: none can be reached.</summary>
    Source,

    /// <summary>Data, from those that can be reached.</summary>
    Data,
}
