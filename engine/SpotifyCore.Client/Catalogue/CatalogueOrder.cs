namespace SpotifyCore.Client.Catalogue;

/// <summary>What of a search comes first; numbered as in the contract.</summary>
public enum CatalogueOrder
{
    /// <summary>What answers it best.</summary>
    Best,

    /// <summary>What is played most.</summary>
    Popular,

    /// <summary>What came last.</summary>
    New,
}
