using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Configuration.Memory;

namespace SpotifyCore.Hosting.Options;

/// <summary>
/// Where a host's settings come from, later ones winning: <c>appsettings.json</c> of the working
/// directory (or the file that <c>--config</c> names), environment variables that begin with
/// <see cref="Prefix"/>, the command line.
/// </summary>
public static class OptionSources
{
    /// <summary>What the names of environment variables begin with; <c>__</c> separates sections.</summary>
    public const string Prefix = "SPOTIFYCORE_";

    /// <summary>The one prefixed variable that is no setting: a password for tools that ask for one.</summary>
    public const string PasswordVariable = Prefix + "PASSWORD";

    private const string DefaultFile = "appsettings.json";
    private const string FileOption = "config";

    /// <summary>Reads all sources now.</summary>
    /// <exception cref="OptionsException">The command line or the file can't be read.</exception>
    public static IConfigurationRoot Read(IReadOnlyList<string> args)
    {
        var commandLine = CommandLine.Read(args);
        commandLine.Remove(FileOption, out var file);
        if (file is not null && !File.Exists(file))
            throw new OptionsException($"there is no settings file '{file}'");

        try
        {
            return new ConfigurationBuilder()
                .SetBasePath(Environment.CurrentDirectory)
                .AddJsonFile(Path.GetFullPath(file ?? DefaultFile), optional: file is null)
                .AddEnvironmentVariables(Prefix)
                .AddInMemoryCollection(commandLine)
                .Build();
        }
        catch (InvalidDataException unreadable)
        {
            throw new OptionsException($"{unreadable.Message} {unreadable.InnerException?.Message}");
        }
    }

    /// <summary>What to call a source when it holds a wrong setting.</summary>
    internal static string NameOf(IConfigurationProvider provider) => provider switch
    {
        JsonConfigurationProvider file => Path.GetFileName(file.Source.Path) ?? DefaultFile,
        EnvironmentVariablesConfigurationProvider => "environment",
        MemoryConfigurationProvider => "command line",
        _ => provider.GetType().Name,
    };
}
