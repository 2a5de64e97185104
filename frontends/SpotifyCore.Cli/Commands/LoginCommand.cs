using System.CommandLine;
using SpotifyCore.Cli.Outcomes;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Login;

namespace SpotifyCore.Cli.Commands;

/// <summary><c>spotifycore login NAME</c>, or <c>--provider NAME</c></summary>
internal static class LoginCommand
{
    /// <summary>The word for it.</summary>
    public const string Name = "login";

    public static Command Create()
    {
        var name = new Argument<string?>("NAME") { Description = "The account", Arity = ArgumentArity.ZeroOrOne };
        var provider = ProviderOption();
        name.Validators.Add(static result =>
        {
            if (result.Tokens is [var typed] && string.IsNullOrWhiteSpace(typed.Value))
                result.AddError("Which account? Its name is empty.");
        });
        var description = "Logs in, also for later starts of the daemon. The password comes from "
            + $"{PasswordInput.Variable}, standard input or a prompt; with --provider you sign in with your browser.";
        var command = new Command(Name, description) { name, provider };
        command.Validators.Add(result =>
        {
            if (result.GetValue(provider) is null == result.GetValue(name) is null)
                result.AddError("Which account? Either NAME, or --provider NAME to sign in with your browser.");
        });
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            if (parsed.GetValue(provider) is { } through)
            {
                var signIn = desktop.SignIn(
                    new DesktopSignInRequest { Provider = through }, cancellationToken: cancellationToken);
                Console.WriteLine($"Logged in as {(await BrowserSignIn.RunAsync(signIn, cancellationToken)).Name}.");
                return ExitCodes.Done;
            }

            if (await PasswordInput.ReadAsync(cancellationToken) is not { Length: > 0 } password)
                throw new ListenerException("No password was given.", ExitCodes.Misused);

            var request = new DesktopLoginRequest { Name = parsed.GetValue(name)!, Password = password };
            var reply = await desktop.LoginAsync(request, cancellationToken: cancellationToken);
            Console.WriteLine($"Logged in as {reply.Name}.");
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>Through whom to sign in.</summary>
    public static Option<string?> ProviderOption() => new("--provider")
    {
        Description = "Sign in through this provider, with your browser; 'account providers' lists them", HelpName = "NAME",
    };
}
