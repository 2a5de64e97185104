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
        var name = new Argument<string?>("NAME")
        {
            Description = "What the account is to be called", Arity = ArgumentArity.ZeroOrOne,
        };
        var provider = LoginCommand.ProviderOption();
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
            + $"{PasswordInput.Variable}, standard input or a prompt; with --provider there is none, you sign in with your "
            + "browser and are logged in then, and without NAME the account gets a free one.";
        var command = new Command("register", description) { name, country, email, invitation, provider };
        command.Validators.Add(result =>
        {
            if (result.GetValue(provider) is null && result.GetValue(name) is null)
                result.AddError("What is the account to be called? NAME is missing.");
            if (result.GetValue(provider) is not null && result.GetValue(email) is not null)
                result.AddError("An account of a provider's takes no --email.");
        });
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            if (parsed.GetValue(provider) is { } through)
            {
                var wanted = new AccountToMake
                {
                    Name = parsed.GetValue(name) ?? "",
                    Country = parsed.GetValue(country)!,
                    Invitation = parsed.GetValue(invitation) ?? "",
                };
                var signIn = desktop.SignIn(
                    new DesktopSignInRequest { Provider = through, Account = wanted }, cancellationToken: cancellationToken);
                Console.WriteLine($"Logged in as {(await BrowserSignIn.RunAsync(signIn, cancellationToken)).Name}.");
                return ExitCodes.Done;
            }

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
