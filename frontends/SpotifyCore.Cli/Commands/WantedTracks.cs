using System.CommandLine;
using System.CommandLine.Parsing;
using SpotifyCore.Cli.Finding;
using SpotifyCore.Contracts;

namespace SpotifyCore.Cli.Commands;

/// <summary>The part of a command line that says which tracks are meant.</summary>
internal sealed class WantedTracks
{
    private readonly Argument<string[]> _words;

    private readonly Option<bool> _album = new("--album", "-a")
    {
        Description = "The words name an album: all of it, in its order",
    };

    private readonly Option<bool> _artist = new("--artist", "-A")
    {
        Description = "The words name an artist: all tracks, by album",
    };

    private readonly Option<int> _choose = new("--choose", "-n")
    {
        Description = "Of several that match, the one with this number in the list", HelpName = "NUMBER",
    };

    /// <summary>For a command that wants so many words.</summary>
    public WantedTracks(ArgumentArity arity)
    {
        _words = new Argument<string[]>("WORDS")
        {
            Description = "Words of a title, an artist or an album; or ids of tracks; or both, in any order",
            Arity = arity,
        };
        _words.Validators.Add(RefuseOptions);
        _choose.Validators.Add(static result =>
            WholeNumbers.Check(result, 1, int.MaxValue, "is no number of the list; they begin with 1."));
    }

    /// <summary>Words are not options that are misspelt.</summary>
    public static void RefuseOptions(ArgumentResult result)
    {
        foreach (var typed in result.Tokens.Where(static token => token.Value.StartsWith("--", StringComparison.Ordinal)))
            result.AddError($"There is no option '{typed.Value}'.");
    }

    /// <summary>Adds the words and their options.</summary>
    public void AddTo(Command command)
    {
        command.Add(_words);
        command.Add(_album);
        command.Add(_artist);
        command.Add(_choose);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_album) && result.GetValue(_artist))
                result.AddError("The words name an album or an artist, not both.");
        });
    }

    /// <summary>Whether anything was named.</summary>
    public bool IsNamed(ParseResult parsed) => parsed.GetValue(_words) is { Length: > 0 };

    /// <summary>The tracks that are meant; asks who typed it where several things match.</summary>
    /// <exception cref="ListenerException">Nothing matches, or several things do and nobody could be asked.</exception>
    public Task<Found> FindAsync(ParseResult parsed, Desktop.DesktopClient desktop, CancellationToken cancellationToken)
    {
        var kind = parsed.GetValue(_album) ? CandidateKind.Album
            : parsed.GetValue(_artist) ? CandidateKind.Artist
            : CandidateKind.Track;
        var chooser = new Chooser(
            Console.In, Console.Error, isInteractive: !Console.IsInputRedirected && !Console.IsErrorRedirected)
        {
            Chosen = parsed.GetValue(_choose),
        };
        return new TrackFinder(desktop, chooser).FindAsync(parsed.GetValue(_words)!, kind, cancellationToken);
    }
}
