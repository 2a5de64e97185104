using System.CommandLine;
using SpotifyCore.Cli.Display;
using SpotifyCore.Cli.Mending;
using SpotifyCore.Cli.Outcomes;
using SpotifyCore.CommandLine;
using SpotifyCore.Contracts;

namespace SpotifyCore.Cli.Commands;

/// <summary><c>spotifycore catalogue list|show|edit|merge|split|remove|undo|log</c></summary>
internal static class CatalogueCommand
{
    private const string Description =
        """
        Shows and mends the catalogue of an access point, as an account with the role import. Needs no daemon.

        What is mended counts instead of what the files' tags say, also when they are imported again, until it is undone.
        An ID is that of a track or a release, or as much of its beginning as no other has.
        """;

    public static Command Create() => new("catalogue", Description)
    {
        AccessPointOptions.Url,
        AccessPointOptions.ServerId,
        AccessPointOptions.Name,
        CatalogueListCommand.Create(),
        CreateShow(),
        CatalogueEditCommand.Create(),
        CreateMerge(),
        CreateSplit(),
        CreateRemove(),
        CreateUndo(),
        CreateLog(),
    };

    /// <summary>JSON in place of text.</summary>
    public static Option<bool> Json() => new("--json") { Description = "As JSON, a line a thing" };

    /// <summary>A track's or a release's id.</summary>
    public static Argument<string> Id(string name, string description)
    {
        var id = new Argument<string>(name) { Description = description };
        id.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: "" }])
                result.AddError("An id is empty; 'spotifycore catalogue list' lists them.");
        });
        return id;
    }

    /// <summary>Says what was done.</summary>
    public static int Print(MendReply done, bool isJson)
    {
        if (isJson)
            Console.WriteLine(CatalogueJson.Done(done));
        else
            Console.WriteLine(done.Mend > 0 ? $"Change {done.Mend}: {done.What}" : done.What);

        return ExitCodes.Done;
    }

    private static Command CreateShow()
    {
        var id = Id("ID", "A track or a release");
        var json = Json();
        var command = new Command("show", "All that is known of it: what was mended, what the tags say, its files.")
        {
            id, json,
        };
        command.SetLibrarianAction(async (parsed, catalogue, cancellationToken) =>
        {
            var entry = await new EntryFinder(catalogue).FindAsync(parsed.GetValue(id)!, cancellationToken);
            var details = await catalogue.Librarian.GetEntryAsync(
                new GetEntryRequest { Id = entry.Id }, LibrarianConnection.Options(cancellationToken));
            foreach (var line in parsed.GetValue(json) ? [CatalogueJson.Details(details)] : CatalogueLines.Details(details))
                Console.WriteLine(line);

            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateMerge()
    {
        var id = Id("ID", "The track or release that stays");
        var with = Id("WITH", "The track or release that becomes one with it");
        var json = Json();
        var command = new Command("merge", "Makes two releases one, or two tracks; what comes of their files later too.")
        {
            id, with, json,
        };
        command.SetLibrarianAction(async (parsed, catalogue, cancellationToken) =>
        {
            var finder = new EntryFinder(catalogue);
            var request = new MergeEntriesRequest
            {
                Id = (await finder.FindAsync(parsed.GetValue(id)!, cancellationToken)).Id,
                With = (await finder.FindAsync(parsed.GetValue(with)!, cancellationToken)).Id,
            };
            return Print(
                await catalogue.Librarian.MergeEntriesAsync(request, LibrarianConnection.Options(cancellationToken)),
                parsed.GetValue(json));
        });
        return command;
    }

    private static Command CreateSplit()
    {
        var release = Id("RELEASE", "The release");
        var tracks = new Argument<string[]>("TRACK")
        {
            Description = "Some of its tracks", Arity = ArgumentArity.OneOrMore,
        };
        var title = new Option<string?>("--title") { Description = "What the new release is called", HelpName = "TITLE" };
        var json = Json();
        var command = new Command("split", "Puts tracks of a release on a new one of their own.")
        {
            release, tracks, title, json,
        };
        command.SetLibrarianAction(async (parsed, catalogue, cancellationToken) =>
        {
            var finder = new EntryFinder(catalogue);
            var request = new SplitReleaseRequest
            {
                Release = (await finder.FindReleaseAsync(parsed.GetValue(release)!, cancellationToken)).Id,
                Title = parsed.GetValue(title) ?? "",
            };
            foreach (var track in parsed.GetValue(tracks)!)
                request.Tracks.Add((await finder.FindTrackAsync(track, cancellationToken)).Id);

            return Print(
                await catalogue.Librarian.SplitReleaseAsync(request, LibrarianConnection.Options(cancellationToken)),
                parsed.GetValue(json));
        });
        return command;
    }

    private static Command CreateRemove()
    {
        var id = Id("ID", "A track, or a release with all its tracks");
        var json = Json();
        var command = new Command(
            "remove", "Takes it out; an import leaves it out until this is undone, or it is run with --restore.")
        {
            id, json,
        };
        command.SetLibrarianAction(async (parsed, catalogue, cancellationToken) =>
        {
            var entry = await new EntryFinder(catalogue).FindAsync(parsed.GetValue(id)!, cancellationToken);
            return Print(
                await catalogue.Librarian.RemoveEntryAsync(
                    new RemoveEntryRequest { Id = entry.Id }, LibrarianConnection.Options(cancellationToken)),
                parsed.GetValue(json));
        });
        return command;
    }

    private static Command CreateUndo()
    {
        var change = new Argument<long>("CHANGE")
        {
            Description = "Its number in the log; the latest that is not undone unless given",
            Arity = ArgumentArity.ZeroOrOne,
        };
        change.Validators.Add(static result =>
            WholeNumbers.Check(result, 1, int.MaxValue, "is no number of a change; the log has them."));
        var json = Json();
        var command = new Command("undo", "Undoes a change, unless later ones stand on it: then it says which.")
        {
            change, json,
        };
        command.SetLibrarianAction(async (parsed, catalogue, cancellationToken) => Print(
            await catalogue.Librarian.UndoMendAsync(
                new UndoMendRequest { Mend = parsed.GetValue(change) }, LibrarianConnection.Options(cancellationToken)),
            parsed.GetValue(json)));
        return command;
    }

    private static Command CreateLog()
    {
        var limit = new Option<int>("--limit")
        {
            Description = "Changes at most, 1 to 500", DefaultValueFactory = static _ => 20, HelpName = "NUMBER",
        };
        limit.Validators.Add(static result => WholeNumbers.Check(result, 1, 500, "is not 1 to 500, which --limit takes."));
        var before = new Option<long>("--before") { Description = "Those before this change", HelpName = "CHANGE" };
        before.Validators.Add(static result =>
            WholeNumbers.Check(result, 1, int.MaxValue, "is no number of a change, which --before takes."));
        var json = Json();
        var command = new Command("log", "What was changed, when and by whom; the latest first.") { limit, before, json };
        command.SetLibrarianAction(async (parsed, catalogue, cancellationToken) =>
        {
            var request = new ListMendsRequest { Before = parsed.GetValue(before), Limit = parsed.GetValue(limit) };
            var reply = await catalogue.Librarian.ListMendsAsync(request, LibrarianConnection.Options(cancellationToken));
            if (reply.Mends.Count == 0)
                throw new ListenerException("Nothing was changed by hand" + (request.Before > 0 ? " before that." : " yet."));

            foreach (var mend in reply.Mends)
                Console.WriteLine(parsed.GetValue(json) ? CatalogueJson.Logged(mend) : CatalogueLines.Logged(mend));
            if (reply.More && !parsed.GetValue(json))
                Console.WriteLine($"more with --before {reply.Mends[^1].Number}");

            return ExitCodes.Done;
        });
        return command;
    }
}
