namespace SpotifyCore.Architecture.Tests.Packages;

/// <summary>What NOTICE says of one package.</summary>
/// <param name="Package">Its id.</param>
/// <param name="Licence">SPDX's identifier of its licence.</param>
/// <param name="Copyright">Who holds it.</param>
internal sealed record NoticeLine(string Package, string Licence, string Copyright);
