using System.Globalization;
using SpotifyCore.Backend.Catalogue;
using SpotifyCore.Backend.Data;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Backend.Mending;

/// <summary>
/// Mends by hand what the catalogue shows. What is mended lies over what the sources' tags say, and counts until it is
/// undone. Each mend is one transaction with its line in the log; durable when this returns. Safe for many threads.
/// </summary>
internal sealed class CatalogueMender(ServiceDatabase database, TimeProvider time)
{
    /// <summary>Changes what is shown of a track or a release.</summary>
    /// <exception cref="MendException">It can't be; nothing has changed. So for all others here.</exception>
    public MendDone Edit(string id, EntryEdit edit, string account) => Mend(account, draft => MendTable.IsTrack(id)
        ? EntryEditing.Edit(draft, FindTrack(draft, id), edit)
        : EntryEditing.Edit(draft, FindRelease(draft, id), edit));

    /// <summary>Makes a track one with another, or a release.</summary>
    public MendDone Merge(string id, string with, string account) => Mend(account, draft =>
        (MendTable.IsTrack(id), MendTable.IsTrack(with)) switch
        {
            (true, true) => EntryMerging.Merge(draft, FindTrack(draft, id), FindTrack(draft, with)),
            (false, false) => EntryMerging.Merge(draft, FindRelease(draft, id), FindRelease(draft, with)),
            _ => throw new MendException("A track can be made one with a track, and a release with a release."),
        });

    /// <summary>Puts tracks of a release on a new one.</summary>
    public MendDone Split(string release, IReadOnlyCollection<string> tracks, string title, string account) =>
        Mend(account, draft => EntryMerging.Split(draft, FindRelease(draft, release), tracks, title));

    /// <summary>Takes a track out, or all that a release shows.</summary>
    public MendDone Remove(string id, string account) => Mend(account, draft =>
    {
        if (MendTable.IsTrack(id))
        {
            var track = FindTrack(draft, id);
            TakeOut(draft, track.Id);
            return $"{EntryWords.Of(track)} is removed";
        }

        var release = FindRelease(draft, id);
        foreach (var track in draft.Entries.ShownOn(release.Row))
            TakeOut(draft, track);

        return $"{EntryWords.Of(release)} is removed: {EntryWords.Tracks(release.Tracks)}";
    });

    /// <summary>Undoes a mend; 0 for the latest.</summary>
    public MendDone Undo(long number, string account) => database.WriteCatalogue(connection =>
    {
        var draft = new MendDraft(connection);
        var mend = MendUndo.Choose(draft.Log, number);
        var what = MendUndo.Undo(draft, mend);
        return draft.Finish(Entry(draft, account, what) with { Undoes = mend.Number });
    });

    /// <summary>
    /// Makes the catalogue show a source as it is, and its track where that was taken out by hand. All of it or nothing.
    /// </summary>
    /// <exception cref="NewTrackException">It has no files, and none are known of its recording.</exception>
    public AddedTrack Restore(NewTrack source, string account) => database.WriteCatalogue(connection =>
    {
        var added = new CatalogueEdit(connection, time.GetUtcNow()).Put(source);
        if (!added.IsRemoved)
            return added;

        var draft = new MendDraft(connection);
        var track = draft.Entries.FindTrack(added.Track.ToString())!;
        if (track.Merged.Length > 0)
            track = draft.Entries.FindTrack(track.Merged)!;

        draft.Set(track.Id, MendedField.Removed, null);
        draft.Finish(Entry(draft, account, $"{EntryWords.Of(track)} is back: it was imported to be restored"));
        return new AddedTrack(TrackId.TryParse(track.Id, out var id) ? id : added.Track, false);
    });

    private MendDone Mend(string account, Func<MendDraft, string> change) => database.WriteCatalogue(connection =>
    {
        var draft = new MendDraft(connection);
        var what = change(draft);
        return draft.Finish(Entry(draft, account, what));
    });

    private LoggedMend Entry(MendDraft draft, string account, string what) =>
        new(draft.Number, time.GetUtcNow().ToUnixTimeMilliseconds(), account, what);

    private static void TakeOut(MendDraft draft, string track) =>
        draft.Set(track, MendedField.Removed, draft.Number.ToString(CultureInfo.InvariantCulture));

    private static TrackEntry FindTrack(MendDraft draft, string id) => draft.Entries.FindTrack(id) switch
    {
        null => throw Missing(id),
        { Removed: > 0 } track => throw new MendException($"{EntryWords.Of(track)} was removed by change {track.Removed}."),
        { Merged.Length: > 0 } track => throw new MendException(
            $"{EntryWords.Of(track)} was made one with track {EntryWords.Handle(track.Merged)}."),
        var track => track,
    };

    private static ReleaseEntry FindRelease(MendDraft draft, string id) => draft.Entries.FindRelease(id) switch
    {
        null => throw Missing(id),
        { Merged.Length: > 0 } release => throw new MendException(
            $"{EntryWords.Of(release)} was made one with release {EntryWords.Handle(release.Merged)}."),
        { Tracks: 0 } release => throw new MendException($"{EntryWords.Of(release)} shows no tracks."),
        var release => release,
    };

    private static MendException Missing(string id) =>
        new($"There is no track or release '{(id.Length <= 32 ? id : id[..32])}'.") { IsMissing = true };
}
