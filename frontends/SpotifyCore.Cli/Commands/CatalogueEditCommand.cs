using System.CommandLine;
using System.Globalization;
using SpotifyCore.Cli.Mending;
using SpotifyCore.Contracts;

namespace SpotifyCore.Cli.Commands;

/// <summary><c>spotifycore catalogue edit ID --title ...</c></summary>
internal sealed class CatalogueEditCommand
{
    private readonly Argument<string> _id = CatalogueCommand.Id("ID", "A track or a release");
    private readonly Option<string?> _title = Text("--title", "TITLE", "Its title");

    private readonly Option<string[]> _artists = new("--artist")
    {
        Description = "An artist in place of those it has; again for each further one", HelpName = "NAME",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _album = Text(
        "--album", "TITLE", "A release's title; puts a track on that of its artists, or makes it");

    private readonly Option<string?> _release = Text("--release", "ID", "Puts a track on this release");
    private readonly Option<int?> _disc = Number("--disc", "A track's disc; 0 for none");
    private readonly Option<int?> _number = Number("--number", "A track's number; 0 for none");
    private readonly Option<int?> _year = Number("--year", "The year; of a release that of all its tracks; 0 for none");

    private readonly Option<string?> _genre = Text(
        "--genre", "GENRE", "The genre; of a release that of all its tracks; '' for none");

    private readonly Option<bool> _json = CatalogueCommand.Json();

    private IEnumerable<Option> Fields => [_title, _artists, _album, _release, _disc, _number, _year, _genre];

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var edit = new CatalogueEditCommand();
        var command = new Command("edit", "Changes what is shown of a track or a release.") { edit._id };
        foreach (var option in edit.Fields)
            command.Add(option);

        command.Add(edit._json);
        command.Validators.Add(result =>
        {
            if (edit.Fields.All(option => result.GetResult(option) is not { Implicit: false }))
                result.AddError("What is to be changed? Name a field, such as --title.");
            if (result.GetResult(edit._album) is not null && result.GetResult(edit._release) is not null)
                result.AddError("--album and --release both say which release: name one.");
        });
        command.SetLibrarianAction(edit.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CatalogueClient catalogue, CancellationToken cancellationToken)
    {
        var finder = new EntryFinder(catalogue);
        var request = new EditEntryRequest { Id = (await finder.FindAsync(parsed.GetValue(_id)!, cancellationToken)).Id };
        if (parsed.GetValue(_release) is { } release)
            request.Release = (await finder.FindReleaseAsync(release, cancellationToken)).Id;
        if (parsed.GetValue(_title) is { } title)
            request.Title = title;
        if (parsed.GetValue(_artists) is { Length: > 0 } artists)
            request.Artists = new EditedNames { Names = { artists } };
        if (parsed.GetValue(_album) is { } album)
            request.Album = album;
        if (parsed.GetValue(_disc) is { } disc)
            request.Disc = disc;
        if (parsed.GetValue(_number) is { } number)
            request.Number = number;
        if (parsed.GetValue(_year) is { } year)
            request.Year = year;
        if (parsed.GetValue(_genre) is { } genre)
            request.Genre = genre;

        return CatalogueCommand.Print(
            await catalogue.Librarian.EditEntryAsync(request, LibrarianConnection.Options(cancellationToken)),
            parsed.GetValue(_json));
    }

    private static Option<string?> Text(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value };

    private static Option<int?> Number(string name, string description)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "NUMBER" };
        option.Validators.Add(result => WholeNumbers.Check(
            result, 0, 100_000, string.Create(CultureInfo.InvariantCulture, $"is no whole number, which {name} takes.")));
        return option;
    }
}
