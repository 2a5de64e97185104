using System.CommandLine;
using SpotifyCore.Cli.Display;
using SpotifyCore.Cli.Outcomes;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Login;

namespace SpotifyCore.Cli.Commands;

/// <summary><c>spotifycore account password|email</c></summary>
internal static class CredentialCommands
{
    public static IEnumerable<Command> Create() => [CreatePassword(), CreateEmail()];

    private static Command CreatePassword()
    {
        var through = OwnerProofInput.Through();
        var command = new Command(
            "password", "Sets another password, and ends the account's other logins, its app passwords and its links. "
                + $"{OwnerProofInput.Help} The new one from {PasswordInput.NewVariable}, the next line or a prompt.")
        {
            through,
        };
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            var request = new DesktopChangePasswordRequest
            {
                Proof = await OwnerProofInput.ReadAsync(parsed, through, cancellationToken),
                Password = await NewPassword.ReadAsync(cancellationToken, isAnother: true),
            };
            var change = desktop.ChangePassword(request, cancellationToken: cancellationToken);
            var ended = (await BrowserSignIn.RunAsync(change, cancellationToken)).Password.Ended;
            Console.WriteLine($"The password is set; {TextLines.Count(ended, "other session")} ended.");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateEmail()
    {
        var address = new Argument<string>("ADDRESS") { Description = "The address; '' for none" };
        var through = OwnerProofInput.Through();
        var command = new Command(
            "email", "Gives the account another e-mail address, to be verified by a code; the one before is told by mail. "
                + OwnerProofInput.Help)
        {
            address, through,
        };
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            var request = new DesktopChangeEmailRequest
            {
                Email = parsed.GetValue(address)!,
                Proof = await OwnerProofInput.ReadAsync(parsed, through, cancellationToken),
            };
            var change = desktop.ChangeEmail(request, cancellationToken: cancellationToken);
            var reply = (await BrowserSignIn.RunAsync(change, cancellationToken)).Email;
            Console.WriteLine(request.Email.Length == 0 ? "The account has no address now."
                : reply.CodeSent ? $"The address is {request.Email} once it is verified: a code goes there."
                : $"The address is {request.Email}; it is not verified.");
            return ExitCodes.Done;
        });
        return command;
    }
}
