using SpotifyCore.Simulator.Chance;

namespace SpotifyCore.Simulator.Listening;

/// <summary>
/// What one listener plays, in order, and how long: picks and what follows them, skips, old and new. Depends on the
/// seed and the number of plays so far, on nothing that a network does: runs of one seed can be compared play by play.
/// </summary>
internal sealed class Listener
{
    private const int DrawsToAvoidTheKnown = 8;
    private const int FavouritesInAList = 40;

    private readonly Discovery _discovery;
    private readonly ListeningOptions _options;
    private readonly Dice _dice;
    private readonly List<int> _list = [];
    private int _place;
    private PlannedPlay? _current;

    /// <summary>The listener of one client, with a library of this size.</summary>
    public Listener(int client, Discovery discovery, ListeningOptions options, int kept, ulong seed)
    {
        (_discovery, _options) = (discovery, options);
        _dice = Dice.Of(seed, DicePurpose.Plays, (ulong)client);
        Library = new Library(discovery, options, kept, Dice.Of(seed, DicePurpose.Library, (ulong)client));
    }

    /// <summary>What the listener has kept.</summary>
    public Library Library { get; }

    /// <summary>Sits down to listen: picks something.</summary>
    public PlannedPlay Begin()
    {
        Pick();
        return Plan(isPick: true);
    }

    /// <summary>What the listener plays after the current play has ended as planned.</summary>
    public PlannedPlay Advance()
    {
        if (_current is not { } ended)
            throw new InvalidOperationException("Nothing has been played.");

        if (ended.Ending == PlayEnding.HeardOut)
            Library.Add(ended.Track);

        if (ended.Ending == PlayEnding.Pick || ended.Following is null)
            return Begin();

        _place++;
        return Plan(isPick: false);
    }

    /// <summary>Breaks off for one track; picks something else after it.</summary>
    public PlannedPlay TurnTo(int track)
    {
        _list.Clear();
        _list.Add(track);
        _place = 0;
        return Plan(isPick: true);
    }

    private PlannedPlay Plan(bool isPick)
    {
        var track = _list[_place];
        int? following = _place + 1 < _list.Count ? _list[_place + 1] : null;
        var (heard, ending) = DrawEnding(_discovery.Catalogue.SecondsOf(track));
        _current = new PlannedPlay(track, isPick, heard, ending, following);
        return _current.Value;
    }

    private (double Heard, PlayEnding Ending) DrawEnding(double length)
    {
        // Always as many draws, so that one play never shifts the next.
        var (kind, early, late, after) = (_dice.Unit(), _dice.Unit(), _dice.Unit(), _dice.Unit());
        if (kind >= _options.Skips)
            return (length, PlayEnding.HeardOut);

        var by = _options.EarlySkipBy.TotalSeconds;
        var mean = _options.MeanLateSkip.TotalSeconds;
        var within = 1 - Math.Exp(-(length - by) / mean);
        var heard = kind < _options.EarlySkips ? by * early : by - (mean * Math.Log(1 - (late * within)));
        return (heard, after < _options.PicksAfterSkips ? PlayEnding.Pick : PlayEnding.Next);
    }

    private void Pick()
    {
        _list.Clear();
        _place = 0;
        if (_dice.Chance(_options.Familiar))
        {
            for (var i = 0; i < FavouritesInAList; i++)
                _list.Add(Library.DrawFavourite(_dice));

            return;
        }

        // Who looks for something new passes over what is known.
        var found = _discovery.Draw(_dice);
        for (var tries = 1; tries < DrawsToAvoidTheKnown && Library.Knows(found[0]); tries++)
            found = _discovery.Draw(_dice);

        _list.AddRange(found);
    }
}
