using System.CommandLine;
using SpotifyCore.Cli.Display;
using SpotifyCore.Cli.Outcomes;
using SpotifyCore.Contracts;

namespace SpotifyCore.Cli.Commands;

/// <summary><c>spotifycore invite</c></summary>
internal static class InviteCommand
{
    public static Command Create()
    {
        var list = new Option<bool>("--list") { Description = "Makes none: lists those that were given, and who took them" };
        var json = new Option<bool>("--json") { Description = "As JSON, a line a thing" };
        var command = new Command("invite", "Makes an invitation to register, good for one account. Its code is told once.")
        {
            list, json,
        };
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            if (parsed.GetValue(list))
            {
                await ListAsync(desktop, parsed.GetValue(json), cancellationToken);
                return ExitCodes.Done;
            }

            var made = await desktop.InviteAsync(new InviteRequest(), cancellationToken: cancellationToken);
            foreach (var line in parsed.GetValue(json) ? [AccountJson.Of(made)] : AccountLines.Of(made))
                Console.WriteLine(line);

            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task ListAsync(
        Desktop.DesktopClient desktop, bool isJson, CancellationToken cancellationToken)
    {
        var given = await desktop.ListInvitationsAsync(
            new ListInvitationsRequest(), cancellationToken: cancellationToken);
        foreach (var invitation in given.Invitations)
            Console.WriteLine(isJson ? AccountJson.Of(invitation) : AccountLines.Of(invitation));

        if (given.Invitations.Count == 0 && !isJson)
            Console.WriteLine("No invitations were given.");
    }
}
