using System.CommandLine;
using SpotifyCore.Cli.Outcomes;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Login;

namespace SpotifyCore.Cli.Commands;

/// <summary><c>spotifycore account</c>: what is logged in with, by mail, and with providers.</summary>
internal static class AccountCommand
{
    public static Command Create()
    {
        var command = new Command(
            "account", "Password and address of the account, what is done by mail, and its links with providers.")
        {
            CreateVerify(), CreateForgot(), CreateReset(),
        };
        foreach (var other in CredentialCommands.Create().Concat(LinkCommands.Create()))
            command.Add(other);

        return command;
    }

    private static Argument<string?> Code(ArgumentArity arity) =>
        new("CODE") { Description = "The code of a mail", Arity = arity };

    private static Command CreateVerify()
    {
        var code = Code(ArgumentArity.ZeroOrOne);
        var command = new Command(
            "verify", "Shows with a code that the account's address is yours; without one, has a code be sent there.")
        {
            code,
        };
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            if (parsed.GetValue(code) is not { Length: > 0 } typed)
            {
                var sent = await desktop.SendVerificationAsync(
                    new SendVerificationRequest(), cancellationToken: cancellationToken);
                Console.WriteLine($"A code goes to {sent.Email}, unless some are on their way already.");
                return ExitCodes.Done;
            }

            var reply = await desktop.VerifyEmailAsync(
                new VerifyEmailRequest { Code = typed }, cancellationToken: cancellationToken);
            Console.WriteLine($"The address of {reply.Name} is verified.");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateForgot()
    {
        var name = new Argument<string>("NAME") { Description = "The account" };
        var command = new Command("forgot", "Has a code be sent to the account's verified address, for a new password.")
        {
            name,
        };
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            await desktop.AskPasswordResetAsync(
                new AskPasswordResetRequest { Name = parsed.GetValue(name)! }, cancellationToken: cancellationToken);
            Console.WriteLine("If there is such an account with a verified address, a code goes there.");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateReset()
    {
        var code = Code(ArgumentArity.ExactlyOne);
        var command = new Command(
            "reset", "Sets a new password with a code of a mail, and logs the account out everywhere. The password comes "
                + $"from {PasswordInput.Variable}, standard input or a prompt.")
        {
            code,
        };
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            var request = new ResetPasswordRequest
            {
                Code = parsed.GetValue(code)!, Password = await NewPassword.ReadAsync(cancellationToken),
            };
            var reply = await desktop.ResetPasswordAsync(request, cancellationToken: cancellationToken);
            Console.WriteLine($"The password of {reply.Name} is set: 'spotifycore login {reply.Name}'.");
            return ExitCodes.Done;
        });
        return command;
    }
}
