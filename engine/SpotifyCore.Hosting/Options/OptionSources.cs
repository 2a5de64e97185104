using System.Collections;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;

namespace SpotifyCore.Hosting.Options;

/// <summary>
/// Where a program's settings come from, later ones winning: <c>appsettings.json</c> of the working directory (or the
/// file that <c>--config</c> names), the environment variables of this program, the command line.
/// </summary>
internal static class OptionSources
{
    private const string DefaultFile = "appsettings.json";
    private const string FileOption = "config";

    /// <summary>
    /// What the environment variables of a program begin with: its name in capitals, so <c>SPOTIFYCORE_DESKTOP_</c>
    /// for <c>spotifycore-desktop</c>. <c>__</c> separates sections, a single <c>_</c> within a name means nothing.
    /// </summary>
    public static string PrefixOf(string program) => $"{program.Replace('-', '_').ToUpperInvariant()}_";

    /// <summary>Reads all sources now.</summary>
    /// <param name="program">The executable's name.</param>
    /// <param name="args">Its command line.</param>
    /// <exception cref="OptionsException">The command line or the file can't be read.</exception>
    public static IConfigurationRoot Read(string program, IReadOnlyList<string> args)
    {
        var commandLine = CommandLine.Read(args);
        var file = commandLine.Take(FileOption);
        if (file == OptionProperty.NoValue)
            throw new OptionsException($"--{FileOption} needs a value: the settings file");
        if (file is not null && !File.Exists(file))
            throw new OptionsException($"there is no settings file '{file}'");

        try
        {
            return new ConfigurationBuilder()
                .SetBasePath(Environment.CurrentDirectory)
                .AddJsonFile(Path.GetFullPath(file ?? DefaultFile), optional: file is null)
                .Add(Environments(PrefixOf(program)))
                .Add(commandLine)
                .Build();
        }
        catch (InvalidDataException unreadable)
        {
            throw new OptionsException(
                $"the settings file '{file ?? DefaultFile}' can't be read: {unreadable.InnerException?.Message}");
        }
    }

    /// <summary>A key as it is written in its source, for the person who wrote it.</summary>
    internal static string NameOf(IConfigurationProvider provider, string key) => provider switch
    {
        WrittenSettings written => written.NameOf(key),
        JsonConfigurationProvider file => $"{key} ({Path.GetFileName(file.Source.Path) ?? DefaultFile})",
        _ => key,
    };

    private static WrittenSettings Environments(string prefix)
    {
        var settings = new WrittenSettings();
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            var name = (string)variable.Key;
            if (!name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                continue;

            var key = name[prefix.Length..]
                .Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal)
                .Replace("_", "", StringComparison.Ordinal);
            if (!settings.TryAdd(key, (string?)variable.Value ?? "", name))
                throw new OptionsException($"{name} and {settings.NameOf(key)} say the same");
        }

        return settings;
    }
}
