using System.Text;

namespace SpotifyCore.Hosting.Options;

/// <summary>Names of options as people write them.</summary>
internal static class OptionNames
{
    /// <summary>A key as the command line has it: <c>Cache:DiskBytes</c> gives <c>cache:disk-bytes</c>.</summary>
    public static string OfCommandLine(string key)
    {
        var name = new StringBuilder(key.Length + 4);
        for (var i = 0; i < key.Length; i++)
        {
            if (char.IsUpper(key[i]) && i > 0 && key[i - 1] != ':')
                name.Append('-');

            name.Append(char.ToLowerInvariant(key[i]));
        }

        return name.ToString();
    }
}
