using System.CommandLine;
using SpotifyCore.Cli.Display;
using SpotifyCore.Cli.Outcomes;
using SpotifyCore.Contracts;

namespace SpotifyCore.Cli.Commands;

/// <summary><c>spotifycore account providers|links|link|unlink</c></summary>
internal static class LinkCommands
{
    public static IEnumerable<Command> Create() => [CreateProviders(), CreateList(), CreateLink(), CreateUnlink()];

    private static Argument<string> Provider() => new("NAME") { Description = "The provider" };

    private static Command CreateProviders()
    {
        var command = new Command("providers", "Lists the providers that one may sign in through.");
        command.SetDesktopAction(async (_, desktop, cancellationToken) =>
        {
            var list = await desktop.ListProvidersAsync(new ListProvidersRequest(), cancellationToken: cancellationToken);
            foreach (var name in list.Names)
                Console.WriteLine(name);

            if (list.Names.Count == 0)
                Console.WriteLine("There are no providers.");

            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateList()
    {
        var json = new Option<bool>("--json") { Description = "As JSON, a line each" };
        var command = new Command("links", "Lists with whom the account is linked, and when each signed in last.") { json };
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            var list = await desktop.ListLinksAsync(new ListLinksRequest(), cancellationToken: cancellationToken);
            foreach (var link in list.Links)
                Console.WriteLine(parsed.GetValue(json) ? AccountJson.Of(link) : AccountLines.Of(link));

            if (list.Links.Count == 0 && !parsed.GetValue(json))
                Console.WriteLine("The account is not linked with anybody.");

            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateLink()
    {
        var provider = Provider();
        var through = OwnerProofInput.Through();
        var command = new Command(
            "link", $"Links the account with yours at a provider, to log in through it. {OwnerProofInput.Help}")
        {
            provider, through,
        };
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            var request = new DesktopLinkRequest
            {
                Provider = parsed.GetValue(provider)!,
                Proof = await OwnerProofInput.ReadAsync(parsed, through, cancellationToken),
            };
            var link = desktop.Link(request, cancellationToken: cancellationToken);
            var name = (await BrowserSignIn.RunAsync(link, cancellationToken)).Name;
            Console.WriteLine($"The account {name} is linked: 'spotifycore login --provider {request.Provider}'.");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateUnlink()
    {
        var provider = Provider();
        var through = OwnerProofInput.Through();
        var command = new Command("unlink", $"Ends a link, and what is logged in by it, at once. {OwnerProofInput.Help}")
        {
            provider, through,
        };
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            var request = new DesktopUnlinkRequest
            {
                Provider = parsed.GetValue(provider)!,
                Proof = await OwnerProofInput.ReadAsync(parsed, through, cancellationToken),
            };
            var unlink = desktop.Unlink(request, cancellationToken: cancellationToken);
            var ended = (await BrowserSignIn.RunAsync(unlink, cancellationToken)).Unlinked.Ended;
            Console.WriteLine($"Unlinked; {TextLines.Count(ended, "session")} ended.");
            return ExitCodes.Done;
        });
        return command;
    }
}
