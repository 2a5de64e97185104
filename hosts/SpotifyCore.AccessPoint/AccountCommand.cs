using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SpotifyCore.Backend;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Configuration;
using SpotifyCore.Contracts.Login;
using SpotifyCore.Hosting.Options;
using SpotifyCore.Hosting.Running;

namespace SpotifyCore.AccessPoint;

/// <summary>
/// The <c>account</c> command: works beside a running access point as without one, on the same data directory.
/// </summary>
internal static class AccountCommand
{
    /// <summary>How each is called, for <see cref="HostProgram.Commands"/>.</summary>
    public static readonly HostCommand[] Commands =
    [
        new("account add NAME --role listener|import", $"Makes an account with one or both roles. {Passwords}"),
        new("account list", "Lists the accounts, their roles and how often each is logged in."),
        new("account remove NAME", "Removes an account and ends its sessions."),
        new("account rename NAME NEW-NAME", "Gives an account another name; its sessions go on."),
        new("account set-password NAME", $"Sets an account's password and ends its sessions. {Passwords}"),
    ];

    private const string Passwords = "The password comes from SPOTIFYCORE_PASSWORD, standard input or a prompt.";

    // What each is named with.
    private static readonly Dictionary<string, string[]> Takes = new(StringComparer.Ordinal)
    {
        ["add"] = ["NAME"],
        ["list"] = [],
        ["remove"] = ["NAME"],
        ["rename"] = ["NAME", "NEW-NAME"],
        ["set-password"] = ["NAME"],
    };

    public static bool IsMeant(string[] args) => args is ["account", ..];

    public static async Task<int> RunAsync(HostProgram program, string[] args)
    {
        string[] words = [.. args.Skip(1).TakeWhile(static word => !word.StartsWith('-'))];
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        var options = builder.UseStrictOptions(program, args[(words.Length + 1)..]);
        builder.BindOptions<BackendOptions>(options);
        builder.Services.AddBackend();
        options.Claim<ListenerOptions>();
        options.Claim<AccountAddOptions>();
        if (options.IsHelp)
            return await program.HelpAsync(options);

        options.Check();
        CheckWords(words);

        using var host = builder.Build();
        host.CheckOptions();
        await Console.Out.WriteLineAsync(await DoAsync(words, host.Services, options));
        return ExitCode.Done;
    }

    private static async Task<string> DoAsync(string[] words, IServiceProvider services, StrictOptions options)
    {
        switch (words)
        {
            case ["add", var name]:
                var roles = RolesOf(options.Read<AccountAddOptions>().Role);
                new DataDirectory(OptionsOf(services).DataDirectory) { IsForOwnerAlone = true }.Make(options);
                var accounts = services.GetRequiredService<AccountStore>();
                accounts.CheckFree(name);
                var added = accounts.Add(name, await ReadPasswordAsync(), roles);
                return $"added {added.Name} with {RoleNames.Of(added.Roles)}";
            case ["list"]:
                return List(Existing(services, options).List());
            case ["remove", var name]:
                Existing(services, options).Remove(name);
                return $"removed {AccountStore.Normalize(name)}";
            case ["rename", var name, var newName]:
                Existing(services, options).Rename(name, newName);
                return $"{AccountStore.Normalize(name)} is now {AccountStore.Normalize(newName)}";
            default:
                var known = Existing(services, options);
                var owner = known.Get(words[1]).Name;
                known.SetPassword(owner, await ReadPasswordAsync());
                return $"the password of {owner} is set; its devices have to log in again";
        }
    }

    private static async Task<string> ReadPasswordAsync() =>
        await PasswordInput.ReadNewAsync(CancellationToken.None) is { Length: > 0 } password
            ? password
            : throw new OptionsException("no password was given");

    private static void CheckWords(string[] words)
    {
        var all = string.Join(", ", Takes.Keys);
        if (words.Length == 0)
            throw new OptionsException($"account needs a command: {all}; --help explains them");
        if (!Takes.TryGetValue(words[0], out var takes))
            throw new OptionsException($"there is no 'account {words[0]}', only {all}; --help explains them");
        if (words.Length - 1 < takes.Length)
            throw new OptionsException($"account {words[0]} needs {takes[words.Length - 1]}; --help explains it");
        if (words.Length - 1 > takes.Length)
        {
            throw new OptionsException(
                $"account {words[0]} has no use for '{words[takes.Length + 1]}'; --help explains it");
        }
    }

    private static BackendOptions OptionsOf(IServiceProvider services) =>
        services.GetRequiredService<IOptions<BackendOptions>>().Value;

    // A misspelt directory must not become an access point's.
    private static AccountStore Existing(IServiceProvider services, StrictOptions options)
    {
        var (directory, database) = (OptionsOf(services).DataDirectory, OptionsOf(services).Database);
        return database.Length > 0 || File.Exists(Path.Combine(directory, BackendServices.DatabaseFile))
            ? services.GetRequiredService<AccountStore>()
            : throw new OptionsException(
                $"{options.NameOf(nameof(BackendOptions.DataDirectory))}: no access point keeps its data in '{directory}'");
    }

    private static AccountRoles RolesOf(string names) => RoleNames.TryParse(names, out var roles)
        ? roles
        : throw new OptionsException(names.Length == 0
            ? "--role is needed: listener, import, or both with a comma"
            : $"--role can't be '{names}': it must be listener, import, or both with a comma");

    private static string List(IReadOnlyList<AccountEntry> accounts)
    {
        if (accounts.Count == 0)
            return "There are no accounts.";

        var width = accounts.Max(static entry => entry.Account.Name.Length);
        return string.Join(Environment.NewLine, accounts.Select(entry =>
            $"{entry.Account.Name.PadRight(width)}  {RoleNames.Of(entry.Account.Roles),-15}"
            + $"  since {entry.Created:yyyy-MM-dd}  {entry.Sessions} session{(entry.Sessions == 1 ? "" : "s")}"));
    }
}
