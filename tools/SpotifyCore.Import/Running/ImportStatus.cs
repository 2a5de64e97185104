namespace SpotifyCore.Import.Running;

/// <summary>How a source ended.</summary>
public enum ImportStatus
{
    /// <summary>It is in master storage and in the catalogue.</summary>
    Imported = 0,

    /// <summary>It was there already, from the same source and settings.</summary>
    Known = 1,

    /// <summary>It can't be imported, or could not be stored.</summary>
    Failed = 2,
}
