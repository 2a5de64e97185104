namespace SpotifyCore.Core.Delivery;

/// <summary>How much of what is looked after an event can have changed; each includes those before it.</summary>
internal enum MaintenanceScope : byte
{
    /// <summary>What is given to others alone.</summary>
    Uploads = 0,

    /// <summary>What the cache and the feeds hold.</summary>
    Feeds,

    /// <summary>What is to be asked for, and of whom.</summary>
    Fetching,

    /// <summary>Connections, and everything else.</summary>
    Links,
}
