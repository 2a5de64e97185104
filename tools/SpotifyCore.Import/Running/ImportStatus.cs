namespace SpotifyCore.Import.Running;

/// <summary>How a source ended.</summary>
internal enum ImportStatus
{
    /// <summary>It is in the catalogue, and every owner has acknowledged its files as durable.</summary>
    Imported = 0,

    /// <summary>It was there already, from the same source and settings.</summary>
    Known = 1,

    /// <summary>It can't be imported, or could not be stored.</summary>
    Failed = 2,

    /// <summary>It was there already, but not every owner held its files whole: they were put again.</summary>
    Restored = 3,

    /// <summary>
    /// It is in the catalogue, each of its files durable at one owner at least; another is not known to hold them all.
    /// </summary>
    Incomplete = 4,

    /// <summary>Its sound was there already; what the catalogue says of it was not as its tags and place are now.</summary>
    Updated = 5,

    /// <summary>It is not shown: its track was removed from the catalogue by hand.</summary>
    Removed = 6,
}
