using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SpotifyCore.Backend;
using SpotifyCore.Backend.Backup;
using SpotifyCore.Backend.Configuration;
using SpotifyCore.Backend.Data;
using SpotifyCore.Hosting.Options;
using SpotifyCore.Hosting.Running;

namespace SpotifyCore.AccessPoint;

/// <summary>
/// The <c>backup</c> and <c>restore</c> commands. A backup is taken beside a running access point as without one.
/// </summary>
internal static class BackupCommand
{
    /// <summary>How each is called, for <see cref="HostProgram.Commands"/>.</summary>
    public static readonly HostCommand[] Commands =
    [
        new("backup FILE", "Writes accounts and catalogue into a file, while the access point runs too; not the keys."),
        new("restore FILE", "Makes the database anew from a backup, where there is none, or an empty one."),
    ];

    public static bool IsMeant(string[] args) => args is ["backup" or "restore", ..];

    public static async Task<int> RunAsync(HostProgram program, string[] args)
    {
        string[] words = [.. args.TakeWhile(static word => !word.StartsWith('-'))];
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        var options = builder.UseStrictOptions(program, args[words.Length..]);
        builder.BindOptions<BackendOptions>(options);
        builder.BindPart<BackendOptions, MailOptions>(options, "Mail", static backend => backend.Mail);
        builder.Services.AddBackend();
        options.Claim<ListenerOptions>();
        if (options.IsHelp)
            return await program.HelpAsync(options);

        options.Check();
        if (words.Length < 2)
            throw new OptionsException($"{words[0]} needs FILE; --help explains it");
        if (words.Length > 2)
            throw new OptionsException($"{words[0]} has no use for '{words[2]}'; --help explains it");

        using var host = builder.Build();
        host.CheckOptions();
        var said = words[0] == "backup"
            ? BackUp(words[1], host.Services, options)
            : Restore(words[1], host.Services, options);
        await Console.Out.WriteLineAsync(said);
        return ExitCode.Done;
    }

    private static string BackUp(string file, IServiceProvider services, StrictOptions options)
    {
        var backend = OptionsOf(services);
        if (backend.Database.Length == 0 && !File.Exists(PathOf(backend)))
        {
            throw new OptionsException(
                $"{options.NameOf(nameof(backend.DataDirectory))}: no access point keeps its data in "
                + $"'{backend.DataDirectory}'");
        }

        ServiceBackup.Write(services.GetRequiredService<ServiceDatabase>(), file);
        return $"""
            backed up to {file}
            The keys are not in it: keep service.secret and ticket.key of {backend.DataDirectory} too, in another place.
            Without the secret nothing can be played again; with it and the files of the masters anybody can.
            """;
    }

    private static string Restore(string file, IServiceProvider services, StrictOptions options)
    {
        var backend = OptionsOf(services);
        new DataDirectory(backend.DataDirectory) { IsForOwnerAlone = true }.Make(options);
        if (backend.Database.Length > 0)
            ServiceBackup.RestoreDatabase(file, backend.Database, PathOf(backend) + ".restored");
        else
            ServiceBackup.RestoreFile(file, PathOf(backend));

        return $"""
            restored from {file}
            service.secret and ticket.key belong into {backend.DataDirectory} before the access point starts.
            Whether the masters have all that the catalogue shows: spotifycore-import --verify
            """;
    }

    private static BackendOptions OptionsOf(IServiceProvider services) =>
        services.GetRequiredService<IOptions<BackendOptions>>().Value;

    private static string PathOf(BackendOptions options) =>
        Path.Combine(options.DataDirectory, BackendServices.DatabaseFile);
}
