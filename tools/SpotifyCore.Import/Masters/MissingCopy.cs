using SpotifyCore.Content.Identity;

namespace SpotifyCore.Import.Masters;

/// <summary>A copy of a file that is not known to be whole where it belongs.</summary>
/// <param name="File">The file.</param>
/// <param name="Master">The owner.</param>
/// <param name="IsSilent">True when the owner did not say; false when it said that it does not hold it whole.</param>
public sealed record MissingCopy(FileId File, NodeAddress Master, bool IsSilent)
{
    /// <summary>A sentence for people.</summary>
    public override string ToString() =>
        IsSilent ? $"master {Master} does not say whether it holds {File}" : $"master {Master} lacks {File}";
}
