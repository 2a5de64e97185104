using System.CommandLine;
using SpotifyCore.Cli.Display;
using SpotifyCore.Cli.Outcomes;
using SpotifyCore.Contracts;

namespace SpotifyCore.Cli.Commands;

/// <summary><c>spotifycore profile</c></summary>
internal static class ProfileCommand
{
    public static Command Create()
    {
        var displayName = new Option<string?>("--display-name")
        {
            Description = "What others are to read of you; '' for nothing", HelpName = "NAME",
        };
        var json = new Option<bool>("--json") { Description = "One line of JSON" };
        var command = new Command("profile", "Shows what the account says of you, or changes it.") { displayName, json };
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            var profile = parsed.GetValue(displayName) is { } chosen
                ? await desktop.SetProfileAsync(
                    new SetProfileRequest { DisplayName = chosen }, cancellationToken: cancellationToken)
                : await desktop.GetProfileAsync(new GetProfileRequest(), cancellationToken: cancellationToken);
            if (parsed.GetValue(json))
            {
                Console.WriteLine(AccountJson.Of(profile));
                return ExitCodes.Done;
            }

            foreach (var line in AccountLines.Of(profile))
                Console.WriteLine(line);

            return ExitCodes.Done;
        });
        return command;
    }
}
