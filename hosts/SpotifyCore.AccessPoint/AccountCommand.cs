using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SpotifyCore.Backend;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Hosting.Options;
using SpotifyCore.Hosting.Running;

namespace SpotifyCore.AccessPoint;

/// <summary>
/// <c>account add NAME --role listener|import</c>: works beside a running access point as without one.
/// </summary>
internal static class AccountCommand
{
    private const string Usage =
        "usage: spotifycore-accesspoint account add NAME --role listener|import --data-directory DIRECTORY "
        + "(password from SPOTIFYCORE_PASSWORD, standard input or a prompt)";

    public static bool IsMeant(string[] args) => args is ["account", ..];

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not ["account", "add", var name, ..] || name.StartsWith('-'))
            throw new OptionsException(Usage);

        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        var options = builder.UseStrictOptions(args[3..]);
        builder.BindOptions<BackendOptions>(options);
        builder.Services.AddBackend();
        options.Claim<ListenerOptions>();
        var roleNames = options.Read<AccountAddOptions>().Role;
        options.RejectUnknown();
        if (!RoleNames.TryParse(roleNames, out var roles))
            throw new OptionsException(
                $"--role must be listener, import or both with a comma, not '{roleNames}'. {Usage}");

        using var host = builder.Build();
        var accounts = host.Services.GetRequiredService<AccountStore>();
        var account = accounts.Add(name, await ReadPasswordAsync(), roles);
        await Console.Out.WriteLineAsync($"added {account.Name} with {RoleNames.Of(account.Roles)}");
        return ExitCode.Done;
    }

    private static async Task<string> ReadPasswordAsync()
    {
        if (Environment.GetEnvironmentVariable(OptionSources.PasswordVariable) is { } given)
            return given;
        if (Console.IsInputRedirected)
        {
            return await Console.In.ReadLineAsync()
                ?? throw new AccountException("There is no password on standard input.");
        }

        await Console.Error.WriteAsync("Password: ");
        return Prompt();
    }

    private static string Prompt()
    {
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is var key && key.Key != ConsoleKey.Enter)
        {
            if (key.Key == ConsoleKey.Backspace)
                typed.Length = Math.Max(0, typed.Length - 1);
            else if (!char.IsControl(key.KeyChar))
                typed.Append(key.KeyChar);
        }

        Console.Error.WriteLine();
        return typed.ToString();
    }
}
