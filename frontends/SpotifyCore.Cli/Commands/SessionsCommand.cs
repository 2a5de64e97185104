using System.CommandLine;
using SpotifyCore.Cli.Display;
using SpotifyCore.Cli.Outcomes;
using SpotifyCore.Contracts;

namespace SpotifyCore.Cli.Commands;

/// <summary><c>spotifycore sessions</c>, and <c>sessions end</c></summary>
internal static class SessionsCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "One line of JSON a session" };
        var command = new Command("sessions", "Lists where the account is logged in, the latest seen first.")
        {
            json, CreateEnd(),
        };
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            foreach (var session in await ListAsync(desktop, cancellationToken))
                Console.WriteLine(parsed.GetValue(json) ? AccountJson.Of(session) : AccountLines.Of(session));

            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateEnd()
    {
        var client = new Argument<string?>("CLIENT")
        {
            Description = "The client whose session ends, or as much of its beginning as no other has",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var others = new Option<bool>("--others") { Description = "All but this device's" };
        var command = new Command("end", "Logs a device out, at once, or all others.") { client, others };
        command.Validators.Add(result =>
        {
            if (result.GetValue(others) == result.GetValue(client) is { Length: > 0 })
                result.AddError("Which session? Name a client of 'spotifycore sessions', or --others.");
        });
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            var request = new EndSessionsRequest();
            if (parsed.GetValue(client) is { Length: > 0 } typed)
                request.Client = (await FindAsync(desktop, typed, cancellationToken)).Client;

            var ended = (await desktop.EndSessionsAsync(request, cancellationToken: cancellationToken)).Ended;
            Console.WriteLine(ended == 0 ? "There are no others." : $"{TextLines.Count(ended, "session")} ended.");
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task<SessionEntry> FindAsync(
        Desktop.DesktopClient desktop, string typed, CancellationToken cancellationToken)
    {
        SessionEntry[] found =
        [
            .. (await ListAsync(desktop, cancellationToken)).Where(session =>
                AccountLines.ClientOf(session).StartsWith(typed, StringComparison.OrdinalIgnoreCase)),
        ];
        if (found is [var one])
            return one;
        if (found is [])
            throw new ListenerException($"No session is of a client whose id begins with '{typed}'.");

        foreach (var session in found)
            await Console.Error.WriteLineAsync(AccountLines.Of(session));

        throw new ListenerException(
            $"{found.Length} ids begin with '{typed}'; type more of the one you mean.", ExitCodes.Ambiguous);
    }

    private static async Task<IReadOnlyList<SessionEntry>> ListAsync(
        Desktop.DesktopClient desktop, CancellationToken cancellationToken) =>
        (await desktop.ListSessionsAsync(new ListSessionsRequest(), cancellationToken: cancellationToken)).Sessions;
}
