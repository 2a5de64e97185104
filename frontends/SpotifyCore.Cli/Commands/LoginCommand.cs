using System.CommandLine;
using SpotifyCore.Cli.Display;
using SpotifyCore.Contracts;

namespace SpotifyCore.Cli.Commands;

/// <summary><c>spotifycore login NAME</c></summary>
internal static class LoginCommand
{
    /// <summary>The word for it.</summary>
    public const string Name = "login";

    private const string PasswordVariable = "SPOTIFYCORE_PASSWORD";

    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "The account" };
        var description = $"Logs in, also for later starts of the daemon. The password comes from {PasswordVariable},"
            + " standard input or a prompt.";
        var command = new Command(Name, description) { name };
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            var request = new DesktopLoginRequest
            {
                Name = parsed.GetValue(name)!,
                Password = Environment.GetEnvironmentVariable(PasswordVariable) ?? PasswordPrompt.Read(),
            };
            var reply = await desktop.LoginAsync(request, cancellationToken: cancellationToken);
            Console.WriteLine($"Logged in as {reply.Name}.");
            return ExitCodes.Done;
        });
        return command;
    }
}
