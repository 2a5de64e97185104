using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Playing;

namespace SpotifyCore.Simulation.Clients;

/// <summary>
/// The plays of a client that are not over, from the opening of their track on. What is current and what follows is the
/// core's to say; what was heard of them is counted here.
/// </summary>
internal sealed class SimPlays(SimClient client)
{
    private readonly List<SimPlay> _plays = new(capacity: 3);

    // Entries of the queue that were left before their end since something sounded last, and since when they have been
    // waited for.
    private readonly Dictionary<long, Instant?> _left = [];
    private bool _hasFailed;

    /// <summary>What the core says is current; null when nothing is, and while it waits to be tried again.</summary>
    public SimPlay? Current => Controller.Current is { } current ? Find(current.Id) : null;

    /// <summary>True while the core has a play.</summary>
    public bool HasOpen => _plays.Exists(static play => !play.IsClosed);

    private PlaybackController Controller => client.Runtime.Playback;

    /// <summary>The core has a track opened.</summary>
    public void Begin(PlayId id, int track)
    {
        var play = new SimPlay(id, track)
        {
            Since = client.Time.Now,
            IsClick = Controller.LatestClick == id,
        };

        // A listener who waits for a track to come back has waited since it went away.
        if (_hasFailed && Controller.Current is { IsClick: false } current && current.Id == id
            && _left.TryGetValue(current.Entry.Id, out var since))
            (play.HasComeBack, play.WaitedSince) = (true, since);

        _plays.Add(play);
    }

    /// <summary>A play that is not over; null for others.</summary>
    public SimPlay? Find(PlayId id)
    {
        foreach (var play in _plays)
        {
            if (play.Id == id)
                return play;
        }

        return null;
    }

    /// <summary>A play of a track that is not over; null when there is none.</summary>
    public SimPlay? FindTrack(int track)
    {
        foreach (var play in _plays)
        {
            if (play.Track == track)
                return play;
        }

        return null;
    }

    /// <summary>The core has forgotten a play, and says what it used; the play, if it is known.</summary>
    public SimPlay? Close(in ClosePlay closed)
    {
        if (Find(closed.Play) is not { } play)
            return null;

        play.Claimed = closed.Statistics;
        play.Failure = closed.Failure.IsWanted() ? DeliveryFailure.None : closed.Failure;
        client.Population.Watch.Closed(client, play);
        if (!play.IsLoaded)
            Finish(play);

        return play;
    }

    /// <summary>The player has let go of a play.</summary>
    public void LetGo(SimPlay play)
    {
        (play.IsLoaded, play.IsLetGo) = (false, true);
        if (play.IsClosed)
            Finish(play);
    }

    /// <summary>The program is gone: so are its plays.</summary>
    public void Forget()
    {
        foreach (var play in _plays)
        {
            if (play.IsClosed)
                continue;

            play.Claimed = client.Runtime.StatisticsOf(play.Id) ?? new PlayStatistics();
            client.Population.Watch.Closed(client, play);
        }

        while (_plays.Count > 0)
            Finish(_plays[0]);

        _hasFailed = false;
        _left.Clear();
    }

    /// <summary>How the current play stands, for whoever looks into what went wrong.</summary>
    public string Describe() => Current is not { } play
        ? $"waits to be tried again: {Controller.Current?.IsWaiting}"
        : $"track {play.Track} of {play.Manifest?.ChunkCount} chunks, next {play.Next}, {play.Ready} ready, "
            + $"loaded: {play.IsLoaded}, in a chunk: {play.IsInChunk}, complete: {play.IsComplete}, "
            + $"failure: {play.Failure}, {client.Status}, {client.Ends.Count} ends";

    private void Finish(SimPlay play)
    {
        _plays.Remove(play);
        var known = Controller.Journal.Find(play.Id);
        if (known is not null)
            Describe(play, known);

        client.Population.Finish(play.ToRecord(client));
    }

    private void Describe(SimPlay play, TrackPlay known)
    {
        play.IsClick = known.IsClick;
        play.Since = play.WaitedSince ?? known.Since;
        _hasFailed = play.Failure != DeliveryFailure.None;

        // Of what was tried again for nothing, the first has told all; so it has of what came back and went well.
        play.IsCurrent = !play.HasComeBack
            || (play.WaitedSince is null ? _hasFailed || play.Stutters > 0 : play.SoundedAt is not null);
        if (play.SoundedAt is not null)
            _left.Clear();

        if (!play.IsComplete)
            _left[known.Entry.Id] = !_hasFailed ? null : play.SoundedAt is null ? play.Since : client.Time.Now;
    }
}
