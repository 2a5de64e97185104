using System.Globalization;
using System.Text.RegularExpressions;

namespace SpotifyCore.Backend.Releases;

/// <summary>The folder that a release lies in, of which its discs may have folders of their own.</summary>
/// <param name="Path">Where all of it lies; empty where that is not known.</param>
/// <param name="Disc">The disc whose folder it is; 0 where it is none's.</param>
internal readonly record struct ReleaseFolder(string Path, int Disc)
{
    private static readonly Regex DiscName = new(
        @"(^|[\s_.,(\[{-]+)(cd|dis[ck])[\s_.#-]*(?<disc>[0-9]{1,2})(\W.*)?$",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
            | RegexOptions.ExplicitCapture | RegexOptions.Singleline);

    /// <summary>
    /// The folder of a source by its location (a path with slashes), and where that is one of a disc (<c>CD1</c>,
    /// <c>Disc 2 - Live</c>, <c>Album (Disk 3)</c>), what all discs have in common. Empty of an empty location.
    /// </summary>
    public static ReleaseFolder Of(string location)
    {
        var slash = location.LastIndexOf('/');
        if (slash < 0)
            return new ReleaseFolder("", 0);

        var folder = location[..slash];
        var name = folder[(folder.LastIndexOf('/') + 1)..];
        var found = DiscName.Match(name);
        return found.Success
            ? new ReleaseFolder(
                folder[..(folder.Length - name.Length + found.Index)].TrimEnd('/'),
                int.Parse(found.Groups["disc"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture))
            : new ReleaseFolder(folder, 0);
    }
}
