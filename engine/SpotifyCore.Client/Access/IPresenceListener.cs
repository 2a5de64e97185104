using SpotifyCore.Contracts;

namespace SpotifyCore.Client.Access;

/// <summary>What the access point tells a client that is online; on whichever thread brought it.</summary>
internal interface IPresenceListener
{
    /// <summary>Where this client is.</summary>
    OwnPlace Place { get; }

    /// <summary>The stream is open: where this client is seen, and production storage.</summary>
    void Welcomed(Welcome welcome);

    /// <summary>A peer wants this client to connect to it.</summary>
    void ReverseAsked(Peer peer);

    /// <summary>The account plays on another device, which calls itself so.</summary>
    void PlayingTaken(string device);

    /// <summary>The session has ended at the access point: only a login begins another.</summary>
    void SessionEnded(string reason);
}
