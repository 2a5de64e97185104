using SpotifyCore.Backend.Catalogue;

namespace SpotifyCore.Backend.Mending;

/// <summary>Undoes mends.</summary>
internal static class MendUndo
{
    /// <summary>The mend that is meant, which can be undone.</summary>
    /// <exception cref="MendException">There is none such, or others stand on it.</exception>
    public static LoggedMend Choose(MendLog log, long number)
    {
        var mend = (number == 0 ? log.FindLatest() : log.Find(number)) ?? throw new MendException(
            number == 0 ? "There is nothing to undo." : $"There is no change {number}.") { IsMissing = true };
        if (mend.Undone > 0)
            throw new MendException($"Change {mend.Number} is undone already, by change {mend.Undone}.");
        if (mend.Undoes > 0)
            throw new MendException($"Change {mend.Number} undid change {mend.Undoes}: make that again instead.");

        return log.StandingOn(mend.Number) is { Count: > 0 } later
            ? throw new MendException(
                $"Change {mend.Number} can't be undone: {EntryWords.Changes(later)}, made since,"
                + $" {(later.Count == 1 ? "stands" : "stand")} on it. Undo {(later.Count == 1 ? "that" : "those")} first.")
            : mend;
    }

    /// <summary>Makes all fields what they were before; says so in words.</summary>
    /// <exception cref="MendException">All that it changed has left the catalogue.</exception>
    public static string Undo(MendDraft draft, LoggedMend mend)
    {
        var values = draft.Log.ValuesOf(mend.Number);
        var (undone, gone, expired) = (0, 0, 0);
        foreach (var value in values.Where(static value => value.Field != MendedField.Made))
        {
            if (value.Field == MendedField.Removed && draft.Entries.IsThere(value.Id) && !draft.Entries.HasFiles(value.Id))
            {
                expired++;
            }
            else if (draft.Entries.IsThere(value.Id) && draft.Read(value.Id, value.Field) == value.After)
            {
                draft.Set(value.Id, value.Field, value.Before);
                undone++;
            }
            else
            {
                gone++;
            }
        }

        if (undone == 0)
            throw new MendException($"Change {mend.Number} can't be undone: " + (expired > 0
                ? "the files of what it removed are deleted since. Import it again, with --restore."
                : "what it changed has left the catalogue since."));

        foreach (var made in values.Where(static value => value.Field == MendedField.Made))
        {
            if (draft.Entries.FindRelease(made.Id) is { } release)
                draft.Unmake(release);
        }

        return $"change {mend.Number} is undone"
            + (gone > 0 ? $", but for {gone} of {values.Count} fields, which have left the catalogue" : "")
            + (expired > 0 ? $", but for {expired} of {values.Count} tracks, whose files are deleted" : "")
            + $": {mend.What}";
    }
}
