namespace SpotifyCore.Client.Catalogue;

/// <summary>What is listed in the order of its letters; numbered as in the contract.</summary>
public enum ListedKind
{
    /// <summary>Artists, those of albums too.</summary>
    Artist,

    /// <summary>Albums.</summary>
    Album,

    /// <summary>Tracks.</summary>
    Track,
}
