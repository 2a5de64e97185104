using System.CommandLine;
using SpotifyCore.Cli.Display;
using SpotifyCore.Cli.Finding;
using SpotifyCore.Cli.Outcomes;
using SpotifyCore.Contracts;

namespace SpotifyCore.Cli.Commands;

/// <summary><c>spotifycore browse artists|albums|tracks [BEGINNING]</c>: what there is, from A to Z.</summary>
internal static class BrowseNames
{
    private const int MostNames = 200;

    public static Command Create(string names, NameKind kind)
    {
        var beginning = new Argument<string[]>("BEGINNING")
        {
            Description = "A letter, or more, with which the names begin", Arity = ArgumentArity.ZeroOrMore,
        };
        var limit = new Option<int>("--limit")
        {
            Description = $"Names at most, 1 to {MostNames}", DefaultValueFactory = static _ => 20, HelpName = "NUMBER",
        };
        limit.Validators.Add(static result =>
            WholeNumbers.Check(result, 1, MostNames, $"is not 1 to {MostNames}, which --limit takes."));
        var after = new Option<string>("--after")
        {
            Description = "Begin behind this name, as the page before says",
            DefaultValueFactory = static _ => "",
            HelpName = "NAME",
        };
        var command = new Command(names, $"All {names} from A to Z, without regard to spaces, accents and signs.")
        {
            beginning, limit, after,
        };
        command.SetDesktopAction((parsed, desktop, cancellationToken) => PrintAsync(
            desktop,
            new ListNamesRequest
            {
                Kind = kind,
                Beginning = string.Join(' ', parsed.GetValue(beginning) ?? []),
                Limit = parsed.GetValue(limit),
                After = parsed.GetValue(after),
            },
            names,
            cancellationToken));
        return command;
    }

    private static async Task<int> PrintAsync(
        Desktop.DesktopClient desktop, ListNamesRequest request, string names, CancellationToken cancellationToken)
    {
        var reply = await Waiting.SayAsync(
            desktop, desktop.ListNamesAsync(request, cancellationToken: cancellationToken).ResponseAsync);
        if (reply.Incomplete)
            await Console.Error.WriteLineAsync(TrackFinder.Incomplete);

        string[] lines =
        [
            .. reply.Artists,
            .. reply.Albums.Select(static album => TextLines.Album(album.Title, album.Artists)),
            .. reply.Tracks.Select(static track => TextLines.Track(track)),
        ];
        if (lines.Length == 0 && reply.Next.Length == 0)
            throw new ListenerException($"There are no {names} that begin so.");

        foreach (var line in lines)
            Console.WriteLine(line);

        // Names of signs stand in quotes for the shell.
        var next = reply.Next.Replace("'", @"'\''", StringComparison.Ordinal);
        var shown = $"{lines.Length} {(lines.Length == 1 ? names[..^1] : names)}";
        Console.WriteLine(next.Length > 0 ? $"{shown}; more with --after '{next}'" : shown);
        return ExitCodes.Done;
    }
}
