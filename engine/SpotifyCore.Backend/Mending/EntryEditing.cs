using System.Globalization;
using SpotifyCore.Backend.Catalogue;

namespace SpotifyCore.Backend.Mending;

/// <summary>Changes what is shown of a track or a release; says what in words.</summary>
internal static class EntryEditing
{
    private const string SoAlready = "It is so already.";

    /// <summary>Changes a track; the release that it is put on is made where there is none of that title.</summary>
    public static string Edit(MendDraft draft, TrackEntry track, EntryEdit edit)
    {
        var (id, shown, said) = (track.Id, track.Shown, new List<string>());
        Change(MendedField.Title, shown.Title, edit.Title);
        Change(MendedField.Artists, shown.Artists, edit.Artists);
        Change(MendedField.Disc, Text(shown.Disc), Text(edit.Disc));
        Change(MendedField.Number, Text(shown.Number), Text(edit.Number));
        Change(MendedField.Year, Text(shown.Year), Text(edit.Year));
        Change(MendedField.Genre, shown.Genre, edit.Genre);
        if ((edit.Album ?? edit.Release) is not null && TargetOf(draft, track, edit) is { } release
            && release.Id != track.Release)
        {
            draft.Set(id, MendedField.Release, release.Id == track.ToldRelease ? null : release.Id);
            said.Add(EntryWords.Changed("album", track.ReleaseTitle, release.Title) + $" ({EntryWords.Handle(release.Id)})");
        }

        return said.Count == 0 ? SoAlready : $"{EntryWords.Of(track)}: {string.Join("; ", said)}";

        void Change(MendedField field, string before, string? after)
        {
            if (after is null || after == before)
                return;

            draft.Set(id, field, field is MendedField.Disc or MendedField.Number or MendedField.Year && after.Length == 0
                ? "0" : after);
            said.Add(EntryWords.Changed(MendTable.ColumnOf(field), before, after));
        }
    }

    /// <summary>Changes a release. Year and genre are those of all that it shows.</summary>
    public static string Edit(MendDraft draft, ReleaseEntry release, EntryEdit edit)
    {
        if (edit.Disc is not null || edit.Number is not null || edit.Release is not null)
            throw new MendException("A release has no disc and no number, and is on no release: name a track.");

        var said = new List<string>();
        Change(MendedField.Title, release.Title, edit.Album ?? edit.Title);
        Change(MendedField.Artists, release.Artists, edit.Artists);
        Change(MendedField.Year, Text(release.Year), Text(edit.Year));
        Change(MendedField.Genre, release.Genre, edit.Genre);
        return said.Count == 0 ? SoAlready : $"{EntryWords.Of(release)}: {string.Join("; ", said)}";

        void Change(MendedField field, string before, string? after)
        {
            if (after is null || after == before)
                return;

            draft.Set(release.Id, field, field == MendedField.Year && after.Length == 0 ? "0" : after);
            said.Add(EntryWords.Changed(MendTable.ColumnOf(field), before, after));
        }
    }

    // The release that is named, or of those of that title the one that is of the same artists; else a new one.
    private static ReleaseEntry TargetOf(MendDraft draft, TrackEntry track, EntryEdit edit)
    {
        if (edit.Release is { } named)
        {
            return draft.Entries.FindRelease(named) is { Tracks: > 0 } found
                ? found
                : throw new MendException($"There is no release '{named}'.") { IsMissing = true };
        }

        var artists = track.ReleaseArtists.Length > 0 ? track.ReleaseArtists : edit.Artists ?? track.Shown.Artists;
        ReleaseEntry[] called =
        [
            .. draft.Entries.ReleasesCalled(edit.Album!)
                .Where(release => release.Id == track.Release || CreditsOne(release.Artists, artists, track.Shown.Artists)),
        ];
        return called switch
        {
            [] => draft.Entries.FindRelease(draft.Make(edit.Album!, artists))!,
            [var one] => one,
            _ => Array.Find(called, release => release.Id == track.Release) ?? throw new MendException(
                $"{called.Length} releases are called so: "
                + string.Join(", ", called.Take(10).Select(static release => EntryWords.Handle(release.Id)))
                + ". Name one by its id."),
        };
    }

    private static bool CreditsOne(string artists, params ReadOnlySpan<string> credits)
    {
        foreach (var credit in credits)
        {
            if (artists == credit)
                return true;
        }

        return false;
    }

    // As the log shows it: no number is none.
    private static string Text(int number) => number == 0 ? "" : number.ToString(CultureInfo.InvariantCulture);

    private static string? Text(int? number) => number is { } given ? Text(given) : null;
}
