using SpotifyCore.Backend.Catalogue;

namespace SpotifyCore.Backend.Mending;

/// <summary>Makes several one, and one several; says what in words.</summary>
internal static class EntryMerging
{
    /// <summary>Makes a release one with another, which stays.</summary>
    public static string Merge(MendDraft draft, ReleaseEntry stays, ReleaseEntry with)
    {
        if (stays.Id == with.Id)
            throw new MendException("It is one release already.");

        foreach (var former in draft.Entries.MergedWithRelease(with.Id))
            draft.Set(former.Id, MendedField.Merged, stays.Id);

        // Those that are there by hand are moved; those that come of their sources go with the release.
        foreach (var (track, told) in draft.Entries.PutOn(with.Id))
            draft.Set(track, MendedField.Release, told == stays.Id ? null : stays.Id);

        draft.Set(with.Id, MendedField.Merged, stays.Id);
        return $"{EntryWords.Of(with)}, {EntryWords.Tracks(with.Tracks)}, is one with {EntryWords.Of(stays)}";
    }

    /// <summary>Makes a track one with another, which stays and has the plays of both.</summary>
    public static string Merge(MendDraft draft, TrackEntry stays, TrackEntry with)
    {
        if (stays.Id == with.Id)
            throw new MendException("It is one track already.");

        foreach (var former in draft.Entries.MergedWithTrack(with.Id))
            draft.Set(former.Id, MendedField.Merged, stays.Id);

        draft.Set(with.Id, MendedField.Merged, stays.Id);
        return $"{EntryWords.Of(with)} is one with {EntryWords.Of(stays)}";
    }

    /// <summary>Puts tracks of a release on a new one.</summary>
    public static string Split(MendDraft draft, ReleaseEntry release, IReadOnlyCollection<string> tracks, string title)
    {
        var shown = draft.Entries.ShownOn(release.Row).ToHashSet(StringComparer.Ordinal);
        if (tracks.FirstOrDefault(track => !shown.Contains(track)) is { } other)
            throw new MendException($"'{EntryWords.Handle(other)}' is no track of {EntryWords.Of(release)}.");
        if (tracks.Count == shown.Count)
            throw new MendException($"Those are all its tracks: {EntryWords.Of(release)} would be left without any.");

        var made = draft.Make(title.Length > 0 ? title : release.Title, release.Artists);
        foreach (var track in tracks)
            draft.Set(track, MendedField.Release, made);

        return $"{EntryWords.Tracks(tracks.Count)} of {EntryWords.Of(release)}: now on a release of their own"
            + $" ({EntryWords.Handle(made)}): "
            + string.Join(", ", tracks.Take(5).Select(track => $"\"{draft.Entries.FindTrack(track)!.Shown.Title}\""))
            + (tracks.Count > 5 ? " and others" : "");
    }
}
