namespace SpotifyCore.Core.Actions;

/// <summary>
/// The access point, for a client's core. Called on the loop; answers come as events, never from within a call.
/// </summary>
public interface IAccessPoint
{
    /// <summary>Opens a track for a play.</summary>
    void Open(in OpenTrack track);

    /// <summary>Finds out whether a track can be played without any other.</summary>
    void CheckHeld(in CheckHeld check);

    /// <summary>Asks the tracker who has a file.</summary>
    void FindPeers(in FindPeers find);

    /// <summary>Tells the tracker that a file is held whole.</summary>
    void AnnounceHeld(in AnnounceHeld held);

    /// <summary>Has a peer connect to this client.</summary>
    void AskReverse(in AskReverse ask);

    /// <summary>Tells whether this client plays.</summary>
    void TellPlaying(in TellPlaying playing);

    /// <summary>Reports a peer that lied.</summary>
    void Report(in ReportPeer report);
}
