using SpotifyCore.Content.Identity;
using SpotifyCore.Core.Neighbours;
using SpotifyCore.Simulation.Network;

namespace SpotifyCore.Simulation.Access;

/// <summary>A client as the access point has to do with it.</summary>
internal interface IAccessClient
{
    /// <summary>Its machine.</summary>
    SimHost Host { get; }

    /// <summary>The overlay it belongs to.</summary>
    string Site { get; }

    /// <summary>Counts the times that it came online and left: what was asked for in an earlier one is over.</summary>
    int Session { get; }

    /// <summary>Tracks whose files it holds whole, so many of them at most, the latest first.</summary>
    IEnumerable<int> LatestHeld(int most);

    /// <summary>The answer of a call; null in it when there was none.</summary>
    void Answered(AccessCall call);

    /// <summary>It is online, and uses these nodes.</summary>
    void Welcomed(NodeAddress[] nodes);

    /// <summary>Another wants it to connect.</summary>
    void ReverseAsked(PeerAddress asker);
}
