using System.CommandLine;
using SpotifyCore.Cli.Display;
using SpotifyCore.Cli.Outcomes;
using SpotifyCore.Contracts;

namespace SpotifyCore.Cli.Commands;

/// <summary><c>spotifycore app-password add|list|remove</c></summary>
internal static class AppPasswordCommand
{
    private const string Description =
        """
        Passwords for programs of others, in place of the account's own: good for listening alone, each ended by itself.
        """;

    public static Command Create() =>
        new("app-password", Description) { CreateAdd(), CreateList(), CreateRemove() };

    private static Argument<string> Name() => new("NAME") { Description = "What you call it: the program, say" };

    private static Command CreateAdd()
    {
        var name = Name();
        var command = new Command("add", "Makes one and prints it, once.") { name };
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            var made = await desktop.AddAppPasswordAsync(
                new AddAppPasswordRequest { Name = parsed.GetValue(name)! }, cancellationToken: cancellationToken);
            Console.WriteLine(made.Password);
            Console.WriteLine("for a program to log in with, and listen; nobody can tell it again");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateList()
    {
        var json = new Option<bool>("--json") { Description = "As JSON, a line each" };
        var command = new Command("list", "Lists them, and when each was used last.") { json };
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            var list = await desktop.ListAppPasswordsAsync(
                new ListAppPasswordsRequest(), cancellationToken: cancellationToken);
            foreach (var one in list.Passwords)
                Console.WriteLine(parsed.GetValue(json) ? AccountJson.Of(one) : AccountLines.Of(one));

            if (list.Passwords.Count == 0 && !parsed.GetValue(json))
                Console.WriteLine("There are no app passwords.");

            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateRemove()
    {
        var name = Name();
        var command = new Command("remove", "Ends one, and what is logged in with it, at once.") { name };
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            var request = new RemoveAppPasswordRequest { Name = parsed.GetValue(name)! };
            var reply = await desktop.RemoveAppPasswordAsync(request, cancellationToken: cancellationToken);
            Console.WriteLine($"Removed; {TextLines.Count(reply.Ended, "session")} ended.");
            return ExitCodes.Done;
        });
        return command;
    }
}
