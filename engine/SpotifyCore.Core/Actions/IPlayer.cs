namespace SpotifyCore.Core.Actions;

/// <summary>
/// The player and its feeds, for a client's core. Called on the loop; what it reports comes as events, never from
/// within a call.
/// </summary>
public interface IPlayer
{
    /// <summary>Takes a play up, now or behind what plays.</summary>
    void Load(in LoadPlay load);

    /// <summary>Ends a play that was to follow, or all.</summary>
    void Stop(in StopPlay stop);

    /// <summary>Pauses the output or lets it go on, and says how loud it is.</summary>
    void SetOutput(in SetOutput output);

    /// <summary>Takes a chunk into a play's feed.</summary>
    void Deliver(in DeliverChunk chunk);

    /// <summary>Empties a play's feed and goes on elsewhere.</summary>
    void Reposition(in Reposition seek);

    /// <summary>Lets a play sound.</summary>
    void StartSounding(in StartSounding start);

    /// <summary>Takes the statistics of a play that is over, and why it failed if it did.</summary>
    void Close(in ClosePlay closed);
}
