namespace SpotifyCore.Backend.Streams;

/// <summary>What a device of an account wants of the account's stream.</summary>
internal enum StreamWish
{
    /// <summary>It opens a track that nobody is to hear yet: it is paused. It takes nothing from anybody.</summary>
    Prepare,

    /// <summary>It opens what comes by itself.</summary>
    OpenOn,

    /// <summary>It opens what a listener asked for just now.</summary>
    Open,

    /// <summary>It plays, and nobody asked for it just now.</summary>
    PlayOn,

    /// <summary>It plays what a listener asked for just now.</summary>
    Play,
}
