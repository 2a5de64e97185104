namespace SpotifyCore.Client.Offline;

/// <summary>What is kept offline as one: its tracks come and go together.</summary>
public enum OfflineKind
{
    /// <summary>A single track.</summary>
    Track = 0,

    /// <summary>An album.</summary>
    Album = 1,
}
