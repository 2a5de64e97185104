using Microsoft.Extensions.Configuration;

namespace SpotifyCore.Hosting.Options;

/// <summary>
/// Reads <c>--name value</c>, <c>--name=value</c>, and <c>--name</c> alone for a switch; anything else is an error,
/// not ignored.
/// </summary>
internal static class CommandLine
{
    /// <summary>The key that stands for a wish to see the options.</summary>
    public const string HelpKey = "help";

    /// <summary>Settings by configuration key: <c>--cache:memory-bytes 1</c> gives <c>cache:memorybytes</c>.</summary>
    public static WrittenSettings Read(IReadOnlyList<string> args)
    {
        var settings = new WrittenSettings();
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] is "--help" or "-h" or "-?")
            {
                settings.TryAdd(HelpKey, bool.TrueString, args[i]);
                continue;
            }

            if (!IsName(args[i]))
                throw new OptionsException($"'{args[i]}' is not an option: write --name value or --name=value");

            var equals = args[i].IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? args[i] : args[i][..equals];
            var value = equals >= 0 ? args[i][(equals + 1)..]
                : i + 1 < args.Count && !IsName(args[i + 1]) ? args[++i]
                : OptionProperty.NoValue;
            if (!settings.TryAdd(KeyOf(name[2..]), value, name))
                throw new OptionsException($"{name} is given twice");
        }

        return settings;
    }

    private static bool IsName(string argument) =>
        argument.StartsWith("--", StringComparison.Ordinal) && argument.Length > 2;

    private static string KeyOf(string name) =>
        name.Replace("-", "", StringComparison.Ordinal)
            .Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal);
}
