using Microsoft.Extensions.Configuration;

namespace SpotifyCore.Hosting.Options;

/// <summary>Reads <c>--name value</c> and <c>--name=value</c>; anything else is an error, not ignored.</summary>
internal static class CommandLine
{
    /// <summary>The key that stands for a wish to see the options.</summary>
    public const string HelpKey = "help";

    /// <summary>Settings by configuration key: <c>--cache:memory-bytes 1</c> gives <c>cache:memorybytes</c>.</summary>
    public static Dictionary<string, string?> Read(IReadOnlyList<string> args)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] is "--help" or "-h" or "-?")
            {
                settings[HelpKey] = bool.TrueString;
                continue;
            }

            if (!args[i].StartsWith("--", StringComparison.Ordinal) || args[i].Length == 2)
                throw new OptionsException($"'{args[i]}' is not an option: write --name value or --name=value");

            var equals = args[i].IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? args[i][2..] : args[i][2..equals];
            if (equals < 0 && ++i == args.Count)
                throw new OptionsException($"--{name} needs a value");

            if (!settings.TryAdd(KeyOf(name), equals < 0 ? args[i] : args[i][(equals + 1)..]))
                throw new OptionsException($"--{name} is given twice");
        }

        return settings;
    }

    private static string KeyOf(string name) =>
        name.Replace("-", "", StringComparison.Ordinal)
            .Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal);
}
