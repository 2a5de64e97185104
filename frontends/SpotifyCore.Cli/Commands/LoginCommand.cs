using System.CommandLine;
using SpotifyCore.Cli.Outcomes;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Login;

namespace SpotifyCore.Cli.Commands;

/// <summary><c>spotifycore login NAME</c></summary>
internal static class LoginCommand
{
    /// <summary>The word for it.</summary>
    public const string Name = "login";

    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "The account" };
        name.Validators.Add(static result =>
        {
            if (result.Tokens is [var typed] && string.IsNullOrWhiteSpace(typed.Value))
                result.AddError("Which account? Its name is empty.");
        });
        var description = "Logs in, also for later starts of the daemon. The password comes from "
            + $"{PasswordInput.Variable}, standard input or a prompt.";
        var command = new Command(Name, description) { name };
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            if (await PasswordInput.ReadAsync(cancellationToken) is not { Length: > 0 } password)
                throw new ListenerException("No password was given.", ExitCodes.Misused);

            var request = new DesktopLoginRequest { Name = parsed.GetValue(name)!, Password = password };
            var reply = await desktop.LoginAsync(request, cancellationToken: cancellationToken);
            Console.WriteLine($"Logged in as {reply.Name}.");
            return ExitCodes.Done;
        });
        return command;
    }
}
