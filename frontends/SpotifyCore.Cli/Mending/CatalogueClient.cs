using SpotifyCore.Contracts;

namespace SpotifyCore.Cli.Mending;

/// <summary>What a librarian's session can call.</summary>
/// <param name="Librarian">The catalogue as those see it who mend it.</param>
/// <param name="AccessPoint">The same as listeners search it.</param>
internal sealed record CatalogueClient(
    Librarian.LibrarianClient Librarian, AccessPoint.AccessPointClient AccessPoint);
