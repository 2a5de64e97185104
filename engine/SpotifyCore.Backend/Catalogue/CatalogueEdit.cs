using System.Data.Common;
using SpotifyCore.Backend.Releases;

namespace SpotifyCore.Backend.Catalogue;

/// <summary>
/// What one transaction does to what the catalogue shows: a source finds its track, and its track its release; what no
/// source shows any more goes.
/// </summary>
/// <param name="connection">The transaction's.</param>
/// <param name="now">The time.</param>
internal sealed class CatalogueEdit(DbConnection connection, DateTimeOffset now)
{
    private readonly RecordingTable _recordings = new(connection, now);
    private readonly TrackTable _tracks = new(connection);
    private readonly SourceTable _sources = new(connection);
    private readonly ReleaseTable _releases = new(connection);
    private readonly CoverTable _covers = new(connection);
    private readonly MendTable _mends = new(connection);

    // Releases that tracks have left, and covers that may be nobody's.
    private readonly HashSet<long> _left = [];
    private readonly HashSet<string> _replaced = [];

    /// <summary>Makes the catalogue show a source as it is.</summary>
    public AddedTrack Put(NewTrack track)
    {
        var recording = _recordings.Put(track);
        var release = ReleaseTags.Of(track.Tags, track.Source.Location);
        var displaced = MakeRoom(track, recording, release);
        var source = _sources.Find(track.Source, recording);
        if (source is not null)
            _sources.DropFormer(source, track.Source);

        var album = FindRelease(track, recording, source, release);
        var before = source is null ? null : _tracks.Read(source.Track);
        var place = new TrackPlace(recording, album, track.Tags.Disc, track.Tags.Number)
        {
            Title = track.Tags.Title.Trim(), Artists = TrackRows.Join(track.Tags.Artists),
        };
        var there = _tracks.FindAt(place) ?? (before?.Follows(place) == true ? before.Id : null);
        var id = there ?? _tracks.Add(place);
        if (there is null && before is not null)
            _mends.Inherit(before.Id, id, isNew: true);

        Replace(id, place, track);
        _sources.Put(source, track.Source, id, release);
        if (before is not null)
            Leave(before, id, album);
        if (source?.Release is { } former && former != release.Key)
            Regroup(former);
        foreach (var found in _sources.DropFound(id).Concat(displaced is null ? [] : _sources.DropFound(displaced.Value)))
            Regroup(found);

        foreach (var left in _left)
            _releases.PassId(left);

        DropUnused();
        return new AddedTrack(_tracks.IdOf(id), there is not null) { IsRemoved = _mends.IsRemoved(id) };
    }

    /// <summary>Takes a source out; false where there is none at that location.</summary>
    /// <returns>Whether there was one, and whether its track went with it.</returns>
    public (bool WasThere, bool TrackGone) Remove(string location)
    {
        if (_sources.At(location) is not { } source)
            return (false, false);

        var track = _tracks.Read(source.Track);
        _sources.Remove(source.Id);
        if (track.Sources == 1)
            Remove(track, null);
        if (source.Release is { } release)
            Regroup(release);

        DropUnused();
        return (true, track.Sources == 1);
    }

    // What is at the source's location so far is what it was itself, or another that was overwritten or moved away: then
    // it has another sound and is not said to be at the same place of the same release, or what is there now was known
    // elsewhere. Gives the track that the other showed.
    private long? MakeRoom(NewTrack track, long recording, ReleaseTags release)
    {
        if (_sources.At(track.Source.Location) is not { } there)
            return null;

        var place = _tracks.Read(there.Track).Place;
        var isReplaced = track.Source.MovedFrom.Length == 0 && release.Key is not null && there.Release == release.Key
            && place.Number > 0 && (place.Disc, place.Number) == (track.Tags.Disc, track.Tags.Number);
        if ((place.Recording == recording || isReplaced) && !_sources.CameFromElsewhere(track.Source))
            return null;

        _sources.Displace(there.Id);
        return there.Track;
    }

    private long? FindRelease(NewTrack track, long recording, SourceRow? source, ReleaseTags release)
    {
        if (release.Key is not { } key)
            return null;

        // A release that it shared a track on is not its own to take along.
        var before = source is null ? null : _tracks.Read(source.Track);
        var own = new ReleaseMember(
            source?.Id ?? 0, source?.Track ?? 0, recording, before is { Sources: 1 } ? before.Place.Album : null)
        {
            Folder = release.Folder,
            Name = track.Source.Name,
            Disc = track.Tags.Disc,
            Number = track.Tags.Number,
            Year = track.Tags.Year,
            Artist = track.Tags.Artists.Count > 0 ? track.Tags.Artists[0] : "",
            Title = release.Title,
            AlbumArtists = release.Artists,
        };
        var assigned = _releases.Assign(key, [.. _sources.ListMembers(key, source?.Id), own]);
        Move(assigned.Where(one => one.Member != own));
        return assigned.Single(one => one.Member == own).Album;
    }

    private void Regroup(string release)
    {
        if (_sources.ListMembers(release, null) is { Count: > 0 } members)
            Move(_releases.Assign(release, members));
    }

    // A track whose sources all go moves with them; else it stays for the others.
    private void Move(IEnumerable<(ReleaseMember Member, long Album)> assigned)
    {
        foreach (var moved in assigned.Where(static one => one.Member.Album != one.Album)
            .GroupBy(static one => (one.Member.Track, one.Album)).ToArray())
        {
            var track = _tracks.Read(moved.Key.Track);
            var place = track.Place with { Album = moved.Key.Album };
            var there = _tracks.FindAt(place);
            if (there is null && moved.Count() == track.Sources)
            {
                Note(track);
                _releases.Moved(track.Place.Album, moved.Key.Album);
                _tracks.Move(track.Id, moved.Key.Album);
                continue;
            }

            var id = there ?? _tracks.AddLike(track, place);
            foreach (var (member, _) in moved)
                _sources.Attach(member.Source, id);

            Leave(track, id, moved.Key.Album);
        }
    }

    private void Replace(long id, TrackPlace place, NewTrack track)
    {
        if (_tracks.Read(id).Cover is { } cover)
            _replaced.Add(cover);

        _tracks.Put(id, place, track, _covers.Put(track.Cover));
    }

    // A source of the track shows another one now, or the same elsewhere.
    private void Leave(TrackRow before, long id, long? album)
    {
        Note(before);
        var isBare = before.Id != id && _tracks.Read(before.Id).Sources == 0;
        if (isBare || before.Id == id)
            _releases.Moved(before.Place.Album, album);
        if (isBare)
            Remove(before, id);
    }

    private void Remove(TrackRow track, long? heir)
    {
        Note(track);
        _tracks.Remove(track.Id, heir);
    }

    private void Note(TrackRow track)
    {
        if (track.Place.Album is { } album)
            _left.Add(album);
        if (_mends.PutOn(track.Id) is { } byHand)
            _left.Add(byHand);
        if (track.Cover is { } cover)
            _replaced.Add(cover);
    }

    private void DropUnused()
    {
        foreach (var album in _left)
            _releases.DropEmpty(album);
        foreach (var cover in _replaced)
            _covers.DropUnused(cover);
    }
}
