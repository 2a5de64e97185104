using SpotifyCore.Contracts;

namespace SpotifyCore.Client.Catalogue;

/// <summary>What of the catalogue is wanted in the order of its letters.</summary>
/// <param name="Kind">What is listed.</param>
/// <param name="Beginning">
/// With which the names begin, without regard to case, accents, signs and spaces; empty for all.
/// </param>
public sealed record NameListing(ListedKind Kind, string Beginning = "")
{
    /// <summary><see cref="NamePage.Next"/> of the page before; empty for the first.</summary>
    public string After { get; init; } = "";

    /// <summary>Most names, 1 to 200.</summary>
    public int Limit { get; init; } = 20;

    internal ListNamesRequest ToRequest() =>
        new() { Kind = (NameKind)Kind, Beginning = Beginning, After = After, Limit = Limit };
}
