using System.CommandLine;
using SpotifyCore.Cli.Outcomes;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Login;

namespace SpotifyCore.Cli.Commands;

/// <summary><c>spotifycore register NAME --country SE</c></summary>
internal static class RegisterCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "What the account is to be called" };
        var country = new Option<string>("--country")
        {
            Description = "Your country, by its two letters, such as SE", HelpName = "CODE", Required = true,
        };
        var email = new Option<string?>("--email") { Description = "Your e-mail address, if you like", HelpName = "ADDRESS" };
        var invitation = new Option<string?>("--invitation")
        {
            Description = "The code of an invitation, where one is needed", HelpName = "CODE",
        };
        var description = "Makes an account; then log in to it. The password comes from "
            + $"{PasswordInput.Variable}, standard input or a prompt.";
        var command = new Command("register", description) { name, country, email, invitation };
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            var request = new RegisterRequest
            {
                Name = parsed.GetValue(name)!,
                Password = await NewPassword.ReadAsync(cancellationToken),
                Country = parsed.GetValue(country)!,
                Email = parsed.GetValue(email) ?? "",
                Invitation = parsed.GetValue(invitation) ?? "",
            };
            var reply = await desktop.RegisterAsync(request, cancellationToken: cancellationToken);
            Console.WriteLine($"There is an account {reply.Name} now: 'spotifycore login {reply.Name}'.");
            return ExitCodes.Done;
        });
        return command;
    }
}
