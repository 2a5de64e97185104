using SpotifyCore.Content.Identity;

namespace SpotifyCore.Import.Masters;

/// <summary>A copy of a file that is not known to be whole where it belongs.</summary>
/// <param name="File">The file.</param>
/// <param name="Master">The owner.</param>
/// <param name="IsSilent">
/// True when the owner did not answer; false when it said that it does not hold it whole.
/// </param>
internal sealed record MissingCopy(FileId File, NodeAddress Master, bool IsSilent)
{
    /// <summary>A sentence for people.</summary>
    public override string ToString() =>
        IsSilent ? $"master {Master} does not say whether it holds {File}" : $"master {Master} lacks {File}";

    /// <summary>A sentence for people for each master, with how many files lack their copy there.</summary>
    public static IReadOnlyList<string> Describe(IEnumerable<MissingCopy> copies) =>
    [
        .. copies.GroupBy(static copy => (copy.Master, copy.IsSilent)).Select(static group =>
            $"{Files(group.Count())} no copy at master {group.Key.Master}"
            + (group.Key.IsSilent ? ", which does not answer" : "")),
    ];

    /// <summary>So many files, of the three that each track becomes, have.</summary>
    public static string Files(int count) => count == 1 ? "1 stored file has" : $"{count} stored files have";
}
